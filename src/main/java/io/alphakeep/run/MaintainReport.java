package io.alphakeep.run;

import io.alphakeep.maintain.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a pass of maintenance did, and what it did not and why.
 *
 * @param exitCode as documented for commands
 * @param steps    in the order in which they were tried
 * @param message  why the pass ended before it was through; empty when it was
 */
public record MaintainReport(
        Outcome outcome, int exitCode, Instant startedAt, Instant finishedAt, List<Line> steps, String message) {

    /** How a pass ended. */
    public enum Outcome {
        /** All that was due was done. */
        DONE,
        /** Something would have made somebody wait, or the time was over; the next pass tries again. */
        POSTPONED,
        /** A step failed in a way that waiting does not mend. */
        PARTIAL,
        /** A signal ended it. */
        STOPPED,
        /** Somebody else was at it. */
        NOTHING,
        /** The database is gone or not ours; what was done before stays done. */
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One step and what came of it. */
    public record Line(
            String part, String action, String target, StepResult.Outcome outcome, String detail, Duration took) {

        public String word() {
            return outcome.name().toLowerCase(Locale.ROOT);
        }
    }

    public MaintainReport {
        steps = List.copyOf(steps);
    }

    /** How many steps came to this. */
    public long count(StepResult.Outcome outcome) {
        return steps.stream().filter(line -> line.outcome() == outcome).count();
    }

    /** In words: how many steps were done, postponed and failed, and why it ended early. */
    public String summary() {
        String counts = String.format(
                Locale.ROOT,
                "%,d done, %,d postponed, %,d failed",
                count(StepResult.Outcome.DONE),
                count(StepResult.Outcome.POSTPONED),
                count(StepResult.Outcome.FAILED));
        String why = message.isEmpty() && steps.isEmpty() ? "nothing was due" : message;
        return why.isEmpty() ? counts : counts + "; " + why;
    }

    public Duration took() {
        return Duration.between(startedAt, finishedAt);
    }
}
