package io.alphakeep.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A logarithmic axis from left to right.
 *
 * @param low   value at its left end, more than 0
 * @param high  value at its right end, more than {@code low}
 * @param left  pixels
 * @param width pixels
 */
record LogAxis(double low, double high, double left, double width) {

    /** More decades than this make a chart of hairs: what lies outside is cut off, and its label says how much it is. */
    private static final int MOST_DECADES = 9;

    /** Whole decades around the values; those that no logarithm takes do not count. */
    static LogAxis around(double[] values, double left, double width) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (double value : values) {
            if (value > 0 && Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (high == 0) {
            return new LogAxis(1, 10, left, width);
        }
        int last = (int) Math.max(-300, Math.min(300, Math.ceil(Math.log10(high) + 1e-9)));
        int first = (int) Math.floor(Math.log10(low) - 1e-9);
        return new LogAxis(
                Math.pow(10, Math.min(last - 1, Math.max(first, last - MOST_DECADES))),
                Math.pow(10, last),
                left,
                width);
    }

    /** Pixels of a value; at an end of the axis when it lies beyond it. */
    double at(double value) {
        if (Double.isNaN(value) || value <= low) {
            return left;
        }
        return value >= high ? left + width : left + width * Math.log(value / low) / Math.log(high / low);
    }

    /** The powers of ten on it. */
    List<Double> decades() {
        List<Double> decades = new ArrayList<>();
        for (int power = (int) Math.ceil(Math.log10(low) - 1e-9); power <= Math.log10(high) + 1e-9; power++) {
            decades.add(Math.pow(10, power));
        }
        return decades;
    }
}
