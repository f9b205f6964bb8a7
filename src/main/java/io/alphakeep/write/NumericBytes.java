package io.alphakeep.write;

import io.alphakeep.market.Bars;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Numbers in the binary form of PostgreSQL's numeric: how many digits of base 10,000, the power of the first of them, the
 * sign, how many decimal digits stand behind the point, then the digits. It keeps trailing zeros as the text does. Source
 * of the format: numeric_send and numeric_recv in the server's numeric.c.
 */
final class NumericBytes {

    /** The most that a figure takes, its length included: its digits, one group more for each of the two ends. */
    static final int MAX_BYTES = 4 + 8 + 2 * (2 * FigureText.MAX_DIGITS / 4 + 2);

    static final int POSITIVE = 0;
    static final int NEGATIVE = 0x4000;

    private static final int BASE = 10_000;
    private static final int BASE_DIGITS = 4;
    private static final int HEADER_BYTES = 8;
    private static final int[] POWERS = {1, 10, 100, 1_000, BASE};

    private NumericBytes() {}

    /**
     * Writes the length and the value of a figure that the bar has.
     *
     * @param to with room for {@link #MAX_BYTES} from {@code at} on
     * @return where the next byte goes
     */
    static int put(byte[] to, int at, Bars bars, Bars.Figure figure, int index) {
        return bars.isPlain(figure, index)
                ? put(to, at, bars.unscaled(figure, index), bars.scale(figure, index))
                : put(to, at, bars.value(figure, index));
    }

    static int put(byte[] to, int at, long unscaled, int scale) {
        long rest = Math.abs(unscaled);
        if (rest < 0) {
            return put(to, at, BigDecimal.valueOf(unscaled, scale));
        }
        // The digits of the last group that the scale does not fill are zeros.
        int odd = scale % BASE_DIGITS;
        int groups = groups(rest, odd);
        int first = at + 4 + HEADER_BYTES;
        int next = first + 2 * groups;
        if (odd > 0) {
            int power = POWERS[odd];
            next = group(to, next, (int) (rest % power) * POWERS[BASE_DIGITS - odd]);
            rest /= power;
        }
        while (next > first) {
            next = group(to, next, (int) (rest % BASE));
            rest /= BASE;
        }
        return header(to, at, groups, unscaled < 0, scale);
    }

    static int put(byte[] to, int at, BigDecimal value) {
        // 1E+3 has no scale of its own in numeric.
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        int scale = plain.scale();
        int odd = scale % BASE_DIGITS;
        BigInteger rest = plain.unscaledValue().abs();
        if (odd > 0) {
            rest = rest.multiply(BigInteger.valueOf(POWERS[BASE_DIGITS - odd]));
        }
        int groups = (rest.toString().length() + BASE_DIGITS - 1) / BASE_DIGITS;
        int next = at + 4 + HEADER_BYTES + 2 * groups;
        for (int i = 0; i < groups; i++) {
            BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(BASE));
            next = group(to, next, parts[1].intValue());
            rest = parts[0];
        }
        return header(to, at, groups, plain.signum() < 0, scale);
    }

    private static int groups(long value, int odd) {
        long rest = odd > 0 ? value / POWERS[odd] : value;
        int groups = odd > 0 ? 1 : 0;
        while (rest > 0) {
            rest /= BASE;
            groups++;
        }
        return groups;
    }

    private static int group(byte[] to, int end, int digits) {
        to[end - 2] = (byte) (digits >> 8);
        to[end - 1] = (byte) digits;
        return end - 2;
    }

    private static int header(byte[] to, int at, int groups, boolean negative, int scale) {
        int behindPoint = (scale + BASE_DIGITS - 1) / BASE_DIGITS;
        int next = at;
        int length = HEADER_BYTES + 2 * groups;
        to[next++] = (byte) (length >> 24);
        to[next++] = (byte) (length >> 16);
        next = group(to, next + 2, length & 0xFFFF) + 2;
        next = group(to, next + 2, groups) + 2;
        next = group(to, next + 2, groups - 1 - behindPoint) + 2;
        next = group(to, next + 2, negative ? NEGATIVE : POSITIVE) + 2;
        next = group(to, next + 2, scale) + 2;
        return next + 2 * groups;
    }
}
