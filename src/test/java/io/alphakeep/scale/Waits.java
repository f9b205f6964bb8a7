package io.alphakeep.scale;

import java.util.Arrays;
import java.util.Locale;

/** How long one kind of work took, in bounded memory: quantiles within 3 %, the longest exactly. Safe for several threads. */
final class Waits {

    private static final double LOWEST_NANOS = 1_000;
    private static final int PER_DOUBLING = 24;

    /** Up to 12 days. */
    private final long[] counts = new long[PER_DOUBLING * 40];

    private long count;
    private long worst;

    synchronized void add(long nanos) {
        counts[bucket(nanos)]++;
        count++;
        worst = Math.max(worst, nanos);
    }

    private int bucket(long nanos) {
        double doublings = Math.log(Math.max(nanos, LOWEST_NANOS) / LOWEST_NANOS) / Math.log(2);
        return Math.min(counts.length - 1, (int) (doublings * PER_DOUBLING));
    }

    synchronized long count() {
        return count;
    }

    synchronized double worstMillis() {
        return worst / 1e6;
    }

    /** The upper end of the bucket that the quantile is in. */
    synchronized double millis(double quantile) {
        long rank = (long) Math.ceil(quantile * count);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(worst, LOWEST_NANOS * Math.pow(2, (i + 1.0) / PER_DOUBLING)) / 1e6;
            }
        }
        return worstMillis();
    }

    synchronized void clear() {
        Arrays.fill(counts, 0);
        count = 0;
        worst = 0;
    }

    /** {@code count | median | p99 | worst}, in milliseconds. */
    String line() {
        return String.format(Locale.ROOT, "%d | %.2f | %.2f | %.1f", count(), millis(0.5), millis(0.99), worstMillis());
    }
}
