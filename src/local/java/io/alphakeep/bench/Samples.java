package io.alphakeep.bench;

import java.util.Arrays;
import java.util.List;

/**
 * What one technique took, round by round.
 *
 * @param technique its name as a reader knows it: {@code "psycopg2 executemany"}
 * @param unit      of the values
 * @param values    one per round, in the order of the rounds; at least one
 */
record Samples(String technique, Unit unit, List<Double> values) {

    enum Unit {
        MILLISECONDS("ms"),
        SECONDS("s"),
        BYTES("B"),
        BYTES_PER_ROW("B/row"),
        ROWS("rows");

        private final String sign;

        Unit(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    Samples {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(technique + " was not measured");
        }
        values = List.copyOf(values);
    }

    double median() {
        return quantile(0.5);
    }

    double lowest() {
        return quantile(0);
    }

    double highest() {
        return quantile(1);
    }

    /** Linear between the two nearest. */
    double quantile(double share) {
        return quantile(values.stream().mapToDouble(Double::doubleValue).toArray(), share);
    }

    static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double at = share * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = (int) Math.ceil(at);
        // Ratios may be infinite, whose difference is no number.
        return sorted[below] == sorted[above]
                ? sorted[below]
                : sorted[below] + (sorted[above] - sorted[below]) * (at - below);
    }
}
