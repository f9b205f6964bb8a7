package io.alphakeep.maintain.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One index that recent partitions carry. Data, not SQL: names are checked against what the table has.
 *
 * @param name     {@code [a-z][a-z0-9_]{0,23}}
 * @param key      1 to 4 columns of {@code alpha_market_data}, in the order of the index
 * @param include  0 to 8 further columns that it carries along, so that queries need not visit the table
 * @param function the API function whose rows it holds, {@code [A-Z][A-Z0-9_]{0,63}}; empty for all rows
 * @param days     a partition carries it while it holds, or may come to hold, rows younger than this; 1 to 3660
 */
public record IndexPolicy(String name, List<String> key, List<String> include, String function, int days) {

    private static final String FORM = "COLUMN,… [include COLUMN,…] [function NAME] days N";

    private static final int MAX_KEY = 4;
    private static final int MAX_INCLUDE = 8;
    private static final int MAX_DAYS = 3660;

    // raw_payload is none of them: an entry of a B-tree has a limit (a third of a page), and what the API adds to an
    // answer has none. Beyond it the INSERT of the bar would fail, not the index (54000).
    private static final Set<String> COLUMNS = Set.of(
            "ticker",
            "timestamp",
            "endpoint",
            "api_function",
            "open_price",
            "high_price",
            "low_price",
            "close_price",
            "volume",
            "adjusted_close",
            "dividend_amount",
            "split_coefficient",
            "quality_flag",
            "ingestion_epoch",
            "updated_at");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,23}");
    private static final Pattern FUNCTION = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final Pattern TEXT =
            Pattern.compile("(\\S+)(?:\\s+include\\s+(\\S+))?(?:\\s+function\\s+(\\S+))?\\s+days\\s+(\\d{1,9})");

    /**
     * The original plan's {@code idx_alpha_market_price_summary}. A hundred daily bars are some 145 calendar days, so that
     * the plan's query for the last hundred stays inside of 180; its 90 days would not hold them.
     */
    // Behind what the constructor checks with.
    public static final IndexPolicy DEFAULT = new IndexPolicy(
            "price_summary",
            List.of("ticker", "timestamp"),
            List.of("close_price", "volume", "quality_flag"),
            "TIME_SERIES_DAILY",
            180);

    /** @throws IllegalArgumentException that says what the form is and what is wrong */
    public IndexPolicy {
        key = List.copyOf(key);
        include = List.copyOf(include);
        require(NAME.matcher(name).matches(), name, "its name must be [a-z][a-z0-9_]{0,23}");
        require(!key.isEmpty() && key.size() <= MAX_KEY, name, "1 to " + MAX_KEY + " key columns, not " + key.size());
        require(include.size() <= MAX_INCLUDE, name, "at most " + MAX_INCLUDE + " included columns");
        List<String> columns = new ArrayList<>(key);
        columns.addAll(include);
        for (String column : columns) {
            require(
                    !column.equals("raw_payload"),
                    name,
                    "raw_payload may be longer than an index's entry, and the bar could not be written then");
            require(COLUMNS.contains(column), name, "alpha_market_data has no column '" + column + "'");
        }
        require(new HashSet<>(columns).size() == columns.size(), name, "a column stands twice");
        require(
                function.isEmpty() || FUNCTION.matcher(function).matches(),
                name,
                "'" + function + "' is no name of an API function");
        require(days >= 1 && days <= MAX_DAYS, name, "days from 1 to " + MAX_DAYS + ", not " + days);
    }

    /**
     * Reads {@code ticker,timestamp include close_price,volume function TIME_SERIES_DAILY days 180}; {@code include} and
     * {@code function} may be left out.
     *
     * @throws IllegalArgumentException that says what the form is and what is wrong
     */
    public static IndexPolicy parse(String name, String text) {
        Matcher parts = TEXT.matcher(text.strip());
        require(parts.matches(), name, "'" + text + "' has another form");
        return new IndexPolicy(
                name,
                columns(parts.group(1)),
                parts.group(2) == null ? List.of() : columns(parts.group(2)),
                parts.group(3) == null ? "" : parts.group(3),
                Integer.parseInt(parts.group(4)));
    }

    /** What {@link #parse} reads. */
    public String text() {
        return String.join(",", key)
                + (include.isEmpty() ? "" : " include " + String.join(",", include))
                + (function.isEmpty() ? "" : " function " + function)
                + " days " + days;
    }

    private static List<String> columns(String text) {
        // -1: a comma too many is a column without a name, not nothing.
        return List.of(text.split(",", -1));
    }

    private static void require(boolean fine, String name, String wrong) {
        if (!fine) {
            throw new IllegalArgumentException("index policy '" + name + "': " + wrong + "; the form is: " + FORM);
        }
    }
}
