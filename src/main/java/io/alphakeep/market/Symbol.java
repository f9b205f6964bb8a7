package io.alphakeep.market;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A ticker as the API takes it: 1 to 32 characters of {@code A-Z 0-9 . - : & _ ^ =}, upper case. Lower case input is
 * raised, because the API answers both alike and a warehouse must not hold the same ticker under two names.
 *
 * <p>The form covers what LISTING_STATUS lists ({@code BRK-B}, {@code -P-HIZ}, {@code ACWV:BAT}), exchange suffixes
 * ({@code TSCO.LON}) and pairs ({@code EURUSD}). A real ticker {@code NA} exists: nothing here reads a name as "no value".
 *
 * @param text the ticker
 */
public record Symbol(String text) implements Comparable<Symbol> {

    private static final Pattern FORM = Pattern.compile("[A-Z0-9.:&_^=-]{1,32}");

    /** @throws IllegalArgumentException when the text has not the form of a ticker; the message names it */
    public Symbol {
        text = text.strip().toUpperCase(Locale.ROOT);
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a ticker: 1 to 32 of A-Z 0-9 . - : & _ ^ =");
        }
    }

    /**
     * Whether an answer that names {@code echoed} is about this ticker. Share classes are written BRK.B by some
     * functions and BRK-B by others, so dot and dash count as equal.
     */
    public boolean isEchoedBy(String echoed) {
        return echoed.strip().toUpperCase(Locale.ROOT).replace('.', '-').equals(text.replace('.', '-'));
    }

    /** Whether the ticker trades in the United States, as far as its form tells: foreign ones carry {@code .LON} and the like. */
    public boolean isUnitedStates() {
        int dot = text.lastIndexOf('.');
        return dot < 0 || text.length() - dot - 1 < 2;
    }

    @Override
    public int compareTo(Symbol other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
