package io.alphakeep.run;

import io.alphakeep.config.Failure;
import io.alphakeep.maintain.StepResult;
import io.alphakeep.run.MaintainReport.Outcome;
import java.time.Instant;
import java.util.List;

/**
 * Why a pass of maintenance ends before it is through, and what the whole comes to.
 *
 * @param exitCode as documented for commands
 * @param message  one line
 */
record MaintenanceEnd(Outcome outcome, int exitCode, String message) {

    /** SQLSTATE of a statement that was cancelled, by a signal or by its timeout. */
    static final String CANCELLED = "57014";

    private static final int PARTIAL = 3;
    private static final int STOPPED = 143;

    static MaintenanceEnd stopped() {
        return new MaintenanceEnd(Outcome.STOPPED, STOPPED, "stopped by a signal; the next pass goes on");
    }

    static MaintenanceEnd late(String part) {
        return new MaintenanceEnd(
                Outcome.POSTPONED,
                0,
                "the time that was given is over; " + part + " and what follows go on in the next pass");
    }

    static MaintenanceEnd fatal(Failure.Kind kind, String message) {
        return new MaintenanceEnd(Outcome.FAILED, kind.exitCode(), message);
    }

    /** Another one holds the lock: that is no fault of anybody. */
    static MaintainReport busy(String holder, Instant startedAt, Instant finishedAt) {
        return new MaintainReport(
                Outcome.NOTHING, 0, startedAt, finishedAt, List.of(), "maintenance is being done by " + holder);
    }

    /** @param end null when the pass went through */
    static MaintainReport report(
            MaintenanceEnd end, List<MaintainReport.Line> lines, Instant startedAt, Instant finishedAt) {
        boolean failed = lines.stream().anyMatch(line -> line.outcome() == StepResult.Outcome.FAILED);
        boolean postponed = lines.stream().anyMatch(line -> line.outcome() == StepResult.Outcome.POSTPONED);
        String message = end == null ? "" : end.message();
        if (end != null && end.outcome() != Outcome.POSTPONED) {
            return new MaintainReport(end.outcome(), end.exitCode(), startedAt, finishedAt, lines, message);
        }
        Outcome outcome = failed ? Outcome.PARTIAL : postponed || end != null ? Outcome.POSTPONED : Outcome.DONE;
        return new MaintainReport(outcome, failed ? PARTIAL : 0, startedAt, finishedAt, lines, message);
    }
}
