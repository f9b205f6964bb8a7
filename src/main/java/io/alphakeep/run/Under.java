package io.alphakeep.run;

import io.alphakeep.budget.Limits;
import io.alphakeep.budget.Usage;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A run under way.
 *
 * @param run       its number
 * @param startedAt when it was opened
 * @param demo      the warehouse takes simulated data only
 * @param access    how the API is asked
 * @param control   why and whether it ends early
 * @param tally     what it has done so far
 */
record Under(long run, Instant startedAt, boolean demo, ApiAccess access, RunControl control, Tally tally) {

    /** @param usage how the allowance stands; empty when the database is gone */
    RunReport report(Clock clock, Optional<Usage> usage) {
        Verdict verdict = Verdict.of(control.reason(), tally.answers(), tally.isClean());
        if (control.reason().orElse(null) instanceof RunControl.End.Fatal fatal) {
            tally.fatal(Endings.withWhatIsLeft(fatal.problem(), tally.requests()));
        }
        Limits limits = access.limits();
        return new RunReport(
                run,
                verdict.outcome(),
                verdict.exitCode(),
                startedAt,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                tally.requests(),
                tally.rows(),
                tally.functions(),
                new RunReport.Allowance(
                        limits.perDay(),
                        usage.map(Usage::usedToday).orElse(0),
                        usage.map(u -> u.dayLeft().orElse(-1)).orElse(limits.perDay() == 0 ? -1 : limits.perDay()),
                        usage.map(Usage::dayEnds),
                        limits.perMinute(),
                        limits.perSecond()),
                tally.problems(),
                tally.moreProblems(),
                demo);
    }
}
