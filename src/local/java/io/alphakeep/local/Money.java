package io.alphakeep.local;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Prices as whole ten-thousandths of the currency, and the ways in which the API writes them. Nothing here goes through
 * {@link Double#toString}: Java 17 and Java 19 differ in it, and a warehouse would see the difference as a change.
 */
final class Money {

    static final long ONE = 10_000;

    private Money() {}

    /** The nearest cent. */
    static long cents(double amount) {
        return StrictMath.round(amount * 100) * 100;
    }

    static double amount(long tenThousandths) {
        return tenThousandths / (double) ONE;
    }

    /** Four decimals, as most functions write: {@code 218.2000}. */
    static String fixed(long tenThousandths) {
        long whole = tenThousandths / ONE;
        long rest = tenThousandths % ONE;
        String decimals = Long.toString(ONE + rest);
        return whole + "." + decimals.substring(1);
    }

    static String fixed(double amount) {
        return new BigDecimal(amount).setScale(4, RoundingMode.HALF_UP).toPlainString();
    }

    /** As Python prints a float, which is what TIME_SERIES_DAILY_ADJUSTED does: {@code 218.2}, {@code 215.0}. */
    static String trimmed(long tenThousandths) {
        String text = fixed(tenThousandths);
        int end = text.length();
        while (text.charAt(end - 1) == '0' && text.charAt(end - 2) != '.') {
            end--;
        }
        return text.substring(0, end);
    }

    /**
     * The shortest decimal that reads back as the same double, noise digits included: {@code 298.85821743109733}.
     */
    static String noisy(double amount) {
        for (int digits = 15; digits < 17; digits++) {
            BigDecimal candidate = new BigDecimal(amount, new MathContext(digits));
            if (candidate.doubleValue() == amount) {
                return atLeastOneDecimal(candidate);
            }
        }
        return atLeastOneDecimal(new BigDecimal(amount, new MathContext(17)));
    }

    private static String atLeastOneDecimal(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 1 ? stripped.setScale(1) : stripped).toPlainString();
    }

    /**
     * Rounded to a number of decimals, zeros trimmed, as the fundamentals write ratios: {@code 2.152}, {@code 19.42}.
     */
    static String ratio(double value, int decimals) {
        BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
