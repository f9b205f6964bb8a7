package io.alphakeep.maintain.policy;

import java.util.regex.Pattern;

/**
 * The form of an index policy. A stub: when {@code maintain.index.IndexPolicy} is there, its {@code parse(name, text)} takes
 * the place of {@link #check}, its {@code DEFAULT.text()} that of {@link #PRICE_SUMMARY}, and this class goes.
 */
final class IndexForm {

    static final String PRICE_SUMMARY =
            "ticker,timestamp include close_price,volume,quality_flag function TIME_SERIES_DAILY days 180";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,23}");
    private static final Pattern TEXT = Pattern.compile(
            "[a-z_]+(,[a-z_]+){0,3}(\\s+include\\s+[a-z_]+(,[a-z_]+){0,7})?(\\s+function\\s+[A-Z][A-Z0-9_]*)?\\s+days\\s+[1-9]\\d{0,3}");

    private IndexForm() {}

    /** @throws IllegalArgumentException that says what the form is */
    static void check(String name, String text) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the index's name must be [a-z][a-z0-9_]{0,23}");
        }
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "it must be off, or have the form COLUMN,… [include COLUMN,…] [function NAME] days N");
        }
    }
}
