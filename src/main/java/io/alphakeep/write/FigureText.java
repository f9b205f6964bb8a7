package io.alphakeep.write;

import io.alphakeep.market.Bars;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Numbers on their way to PostgreSQL's numeric: every digit, trailing zeros too, no exponent. */
final class FigureText {

    /**
     * Far above any price or volume, far below numeric's own limits. Without a bound a text of 1E+99999999 keeps a processor
     * busy for minutes at its first addition, and becomes a hundred megabytes when written out.
     */
    static final int MAX_DIGITS = 100;

    /** The longest text of a figure: sign, digits before and after the point, the point. */
    static final int MAX_BYTES = 2 * MAX_DIGITS + 2;

    private static final Bars.Figure[] FIGURES = Bars.Figure.values();

    private FigureText() {}

    /**
     * Writes a figure that the bar has.
     *
     * @param to with room for {@link #MAX_BYTES} from {@code at} on
     * @return where the next byte goes
     */
    static int put(byte[] to, int at, Bars bars, Bars.Figure figure, int index) {
        return bars.isPlain(figure, index)
                ? put(to, at, bars.unscaled(figure, index), bars.scale(figure, index))
                : put(to, at, bars.value(figure, index).toPlainString());
    }

    static int put(byte[] to, int at, long unscaled, int scale) {
        long rest = Math.abs(unscaled);
        if (rest < 0) {
            return put(to, at, BigDecimal.valueOf(unscaled, scale).toPlainString());
        }
        int first = at;
        if (unscaled < 0) {
            to[first++] = '-';
        }
        int digits = Math.max(digits(rest), scale + 1);
        int end = first + digits + (scale > 0 ? 1 : 0);
        int next = end;
        for (int i = 0; i < digits; i++) {
            if (i == scale && i > 0) {
                to[--next] = '.';
            }
            // Division of int is several times cheaper than of long, and prices have few digits.
            if (rest <= Integer.MAX_VALUE) {
                int small = (int) rest;
                to[--next] = (byte) ('0' + small % 10);
                rest = small / 10;
            } else {
                to[--next] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
        return end;
    }

    static int put(byte[] to, int at, String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, to, at, bytes.length);
        return at + bytes.length;
    }

    /** Whether every figure of the bar has at most {@link #MAX_DIGITS} digits before and after its point. */
    static boolean areBounded(Bars bars, int index) {
        for (Bars.Figure figure : FIGURES) {
            if (bars.has(figure, index) && !bars.isPlain(figure, index) && !isBounded(bars.value(figure, index))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBounded(BigDecimal value) {
        return value.scale() <= MAX_DIGITS && (long) value.precision() - value.scale() <= MAX_DIGITS;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long limit = 10; digits < 19 && value >= limit; limit *= 10) {
            digits++;
        }
        return digits;
    }
}
