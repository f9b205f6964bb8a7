package io.alphakeep.write;

import io.alphakeep.market.Bars;

/** Reads PostgreSQL's numeric into an unscaled long and its scale, where it fits; see {@link NumericBytes}. */
final class NumericReader {

    /** The most decimal digits that surely fit a long. */
    private static final int DIGITS = 18;

    private static final int BASE_DIGITS = 4;
    private static final long[] POWERS = new long[DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i <= DIGITS; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private long unscaled;
    private int scale;
    private boolean number;

    long unscaled() {
        return unscaled;
    }

    int scale() {
        return scale;
    }

    /** Whether the value read last is one; NaN and the infinities are none. */
    boolean isNumber() {
        return number;
    }

    /** @return false when it does not fit, or is no number */
    boolean binary(byte[] value) {
        int groups = two(value, 0);
        int weight = (short) two(value, 2);
        int sign = two(value, 4);
        scale = two(value, 6);
        number = sign == NumericBytes.POSITIVE || sign == NumericBytes.NEGATIVE;
        // How many decimal digits the value has with all those behind its point; groups with zeros at the end are not
        // sent.
        if (!number || scale > DIGITS || (weight + 1) * BASE_DIGITS + scale > DIGITS) {
            return groups == 0 && number && zero();
        }
        long whole = 0;
        for (int i = 0; i < groups; i++) {
            int behind = (i - weight) * BASE_DIGITS;
            int digits = two(value, 8 + 2 * i);
            // A group's own digits stand at the powers from -behind to -behind + 3; the scale cuts the last one.
            int power = scale - behind;
            whole += power >= 0 ? digits * POWERS[power] : digits / POWERS[-power];
        }
        unscaled = sign == NumericBytes.NEGATIVE ? -whole : whole;
        return true;
    }

    private boolean zero() {
        unscaled = 0;
        return scale <= Bars.MAX_SCALE;
    }

    /** @return false when it does not fit, or is no number */
    boolean text(byte[] value) {
        boolean negative = value[0] == '-';
        number = Character.isDigit(value[value.length - 1]);
        if (!number || value.length > DIGITS) {
            return false;
        }
        long whole = 0;
        int point = value.length - 1;
        for (int i = negative ? 1 : 0; i < value.length; i++) {
            if (value[i] == '.') {
                point = i;
            } else {
                whole = whole * 10 + value[i] - '0';
            }
        }
        scale = value.length - 1 - point;
        unscaled = negative ? -whole : whole;
        return true;
    }

    private static int two(byte[] value, int at) {
        return (value[at] & 0xFF) << 8 | value[at + 1] & 0xFF;
    }
}
