package io.alphakeep.catalog;

/** When a function has something new to say. */
public enum Rhythm {
    /** After every session of the exchange. */
    SESSION,
    /** After the last session of a week. */
    WEEK,
    /** After the last session of a month. */
    MONTH,
    /** On no calendar; worth a look every seven days. */
    SEVEN_DAYS
}
