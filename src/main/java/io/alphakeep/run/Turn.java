package io.alphakeep.run;

/** What came of a time of the schedule. */
public enum Turn {
    /** Its work has begun here. */
    BEGUN,
    /** Somebody else has begun it, or it cannot be done; there is no more to do about it. */
    PASSED,
    /** Not now: something else is under way; it is still owed. */
    LATER
}
