package io.alphakeep.decode;

import io.alphakeep.market.Bars.Figure;
import java.util.Locale;
import java.util.Map;

/** The keys of the API: what they are called without their numbers, and which figure of a bar they name. */
final class Keys {

    private static final Map<String, Figure> FIGURES = Map.of(
            "open", Figure.OPEN,
            "high", Figure.HIGH,
            "low", Figure.LOW,
            "close", Figure.CLOSE,
            "volume", Figure.VOLUME,
            "adjusted close", Figure.ADJUSTED_CLOSE,
            "dividend amount", Figure.DIVIDEND_AMOUNT,
            "split coefficient", Figure.SPLIT_COEFFICIENT);

    private Keys() {}

    /** The figure of a key of the answer ({@code 5. adjusted close}, {@code adjusted_close}); null when it has none. */
    static Figure figure(String key) {
        return FIGURES.get(bare(key).replace('_', ' '));
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
