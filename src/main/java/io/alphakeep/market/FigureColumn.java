package io.alphakeep.market;

import java.math.BigDecimal;
import java.util.Arrays;

/** One figure of all rows. */
final class FigureColumn {
    /** In {@link #scales}: the bar has no such figure. */
    static final byte NONE = -1;

    long[] unscaled;
    byte[] scales;
    /** Null until a figure needs it. */
    BigDecimal[] wide;

    FigureColumn(int capacity) {
        unscaled = new long[capacity];
        scales = new byte[capacity];
        Arrays.fill(scales, NONE);
    }

    void grow(int capacity) {
        int before = scales.length;
        unscaled = Arrays.copyOf(unscaled, capacity);
        scales = Arrays.copyOf(scales, capacity);
        Arrays.fill(scales, before, capacity, NONE);
        wide = wide == null ? null : Arrays.copyOf(wide, capacity);
    }

    boolean isWide(int row) {
        return wide != null && wide[row] != null;
    }

    BigDecimal value(int row) {
        if (isWide(row)) {
            return wide[row];
        }
        return scales[row] == NONE ? null : BigDecimal.valueOf(unscaled[row], scales[row]);
    }

    void set(int row, long digits, byte scale, BigDecimal whole) {
        unscaled[row] = digits;
        scales[row] = scale;
        if (whole != null || isWide(row)) {
            wide = wide == null ? new BigDecimal[scales.length] : wide;
            wide[row] = whole;
        }
    }

    void swap(int a, int b) {
        long digits = unscaled[a];
        byte scale = scales[a];
        BigDecimal whole = wide == null ? null : wide[a];
        set(a, unscaled[b], scales[b], wide == null ? null : wide[b]);
        set(b, digits, scale, whole);
    }

    FigureColumn ordered(int[] order) {
        FigureColumn column = new FigureColumn(order.length);
        for (int i = 0; i < order.length; i++) {
            column.set(i, unscaled[order[i]], scales[order[i]], wide == null ? null : wide[order[i]]);
        }
        return column;
    }
}
