package io.alphakeep.run;

import io.alphakeep.budget.Limits;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

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

    /** @param usedToday requests of the day's allowance that are spent */
    RunReport report(Clock clock, int usedToday) {
        Verdict verdict = Verdict.of(control.reason(), tally.answers(), tally.isClean());
        if (control.reason().orElse(null) instanceof RunControl.End.Fatal fatal) {
            tally.problem(fatal.problem());
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
                        usedToday,
                        limits.perDay() == 0 ? -1 : Math.max(0, limits.perDay() - usedToday),
                        limits.perMinute(),
                        limits.perSecond()),
                tally.problems(),
                tally.moreProblems(),
                demo);
    }
}
