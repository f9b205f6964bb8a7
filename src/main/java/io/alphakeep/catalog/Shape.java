package io.alphakeep.catalog;

/** The forms that answers take; there is one decoder for each, however many functions share it. */
public enum Shape {
    /** {@code Meta Data} and one object of bars by date, or the CSV of it. */
    SERIES,
    /** One object with a single quote, or the CSV of it. */
    QUOTE,
    /** A flat object about a company, without a date of its own. */
    PROFILE,
    /** {@code symbol} and arrays named {@code annual…} and {@code quarterly…} of objects with a {@code fiscalDateEnding}. */
    REPORTS
}
