package io.alphakeep.run;

import io.alphakeep.config.Failure;
import java.util.Optional;

/**
 * How a run ended, and the exit code that says so.
 *
 * @param outcome  the word
 * @param exitCode as documented for commands
 */
record Verdict(Outcome outcome, int exitCode) {

    private static final int PARTIAL = 3;
    private static final int STOPPED = 143;

    /** @param answers requests that were answered with data or with nothing */
    static Verdict of(Optional<RunControl.End> end, int answers, boolean clean) {
        RunControl.End reason = end.orElse(null);
        if (reason instanceof RunControl.End.Fatal fatal) {
            return new Verdict(Outcome.FAILED, fatal.kind().exitCode());
        }
        if (reason instanceof RunControl.End.Stop) {
            return new Verdict(Outcome.STOPPED, STOPPED);
        }
        if (!clean) {
            return new Verdict(Outcome.PARTIAL, PARTIAL);
        }
        if (reason == null) {
            return new Verdict(Outcome.DONE, 0);
        }
        return new Verdict(Outcome.POSTPONED, answers > 0 ? 0 : Failure.Kind.NOTHING_NOW.exitCode());
    }
}
