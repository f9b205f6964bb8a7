package io.alphakeep.write;

import io.alphakeep.market.Bar;
import java.math.BigDecimal;

/** Numbers on their way to PostgreSQL's numeric: every digit, trailing zeros too, no exponent. */
final class Figure {

    /**
     * Far above any price or volume, far below numeric's own limits. Without a bound a text of 1E+99999999 keeps a processor
     * busy for minutes at its first addition, and becomes a hundred megabytes when written out.
     */
    static final int MAX_DIGITS = 100;

    private Figure() {}

    /** Null stays null. */
    static String text(BigDecimal value) {
        return value == null ? null : value.toPlainString();
    }

    /** Whether every figure of the bar has at most {@link #MAX_DIGITS} digits before and after its point. */
    static boolean areBounded(Bar bar) {
        return isBounded(bar.open())
                && isBounded(bar.high())
                && isBounded(bar.low())
                && isBounded(bar.close())
                && isBounded(bar.volume())
                && isBounded(bar.adjustedClose())
                && isBounded(bar.dividendAmount())
                && isBounded(bar.splitCoefficient());
    }

    private static boolean isBounded(BigDecimal value) {
        return value == null || value.scale() <= MAX_DIGITS && (long) value.precision() - value.scale() <= MAX_DIGITS;
    }
}
