package io.alphakeep.advise.doctor;

/** How it is, from good to bad; {@code SKIP} is neither: it could not be looked at, for a reason that stands elsewhere. */
public enum Level {
    SKIP,
    OK,
    /** It works, but not for ever, or not as well as it could. */
    WARN,
    /** Something does not work. */
    FAIL
}
