package io.alphakeep.maintain;

/**
 * What came of a step.
 *
 * @param detail what was done, with figures, or why it was not, and what to do; empty when there is nothing to say
 */
public record StepResult(Outcome outcome, String detail) {

    /** The words of {@code alpha_maintenance.outcome}. */
    public enum Outcome {
        DONE,
        /** There was nothing left to do: somebody else was first. */
        NOTHING,
        /** It would have made somebody wait; the next pass tries again. */
        POSTPONED,
        /** It went wrong in a way that waiting does not mend. */
        FAILED
    }

    public static StepResult done(String detail) {
        return new StepResult(Outcome.DONE, detail);
    }

    public static StepResult nothing(String detail) {
        return new StepResult(Outcome.NOTHING, detail);
    }

    public static StepResult postponed(String detail) {
        return new StepResult(Outcome.POSTPONED, detail);
    }

    public static StepResult failed(String detail) {
        return new StepResult(Outcome.FAILED, detail);
    }
}
