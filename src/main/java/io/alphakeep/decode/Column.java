package io.alphakeep.decode;

import java.util.Locale;
import java.util.Map;

/** The figures of a bar that have a column, and the names that the API gives them. */
enum Column {
    OPEN,
    HIGH,
    LOW,
    CLOSE,
    VOLUME,
    ADJUSTED_CLOSE,
    DIVIDEND_AMOUNT,
    SPLIT_COEFFICIENT;

    static final int COUNT = values().length;

    private static final Map<String, Column> BY_NAME = Map.of(
            "open", OPEN,
            "high", HIGH,
            "low", LOW,
            "close", CLOSE,
            "volume", VOLUME,
            "adjusted close", ADJUSTED_CLOSE,
            "dividend amount", DIVIDEND_AMOUNT,
            "split coefficient", SPLIT_COEFFICIENT);

    /** The column of a key of the answer ({@code 5. adjusted close}, {@code adjusted_close}); null when it has none. */
    static Column of(String key) {
        return BY_NAME.get(bare(key).replace('_', ' '));
    }

    /**
     * The key in lower case without its number, {@code ^\d+[a-z]?[.:]\s*}: the numbers differ between functions and
     * years, and indicators write a colon (ALPHA VANTAGE section 2).
     */
    static String bare(String key) {
        String lower = key.strip().toLowerCase(Locale.ROOT);
        int at = digits(lower, 0);
        if (at == 0) {
            return lower;
        }
        if (at < lower.length() && lower.charAt(at) >= 'a' && lower.charAt(at) <= 'z') {
            at++;
        }
        if (at >= lower.length() || (lower.charAt(at) != '.' && lower.charAt(at) != ':')) {
            return lower;
        }
        // "5.1: Fast Period" has a number of two parts.
        int second = digits(lower, at + 1);
        if (second > at + 1 && second < lower.length() && lower.charAt(second) == ':') {
            at = second;
        }
        return lower.substring(at + 1).strip();
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
