package io.alphakeep.run;

import java.util.Locale;

/** How a run ended. */
public enum Outcome {
    /** All that was due was answered. */
    DONE,
    /** The allowance or the time ended it; what is left is asked next time. */
    POSTPONED,
    /** Some series failed; the rest is committed. */
    PARTIAL,
    /** A signal ended it, between two commits. */
    STOPPED,
    /** It could not do its work. */
    FAILED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
