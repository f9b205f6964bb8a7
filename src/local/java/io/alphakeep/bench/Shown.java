package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Goal;
import io.alphakeep.bench.Samples.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Figures as a reader wants them: three digits that count, in the unit in which they are short. */
final class Shown {

    /** How many of the samples' own unit one of the shown unit is, and its sign. */
    private record Scale(double per, String sign) {}

    private static final MathContext DIGITS = new MathContext(3);

    private Shown() {}

    /** {@code "12.3 ms"}. */
    static String median(Samples samples) {
        Scale scale = scale(samples.unit(), samples.median());
        return number(samples.median() / scale.per) + " " + scale.sign;
    }

    /** {@code "11.9–12.8"} in the unit of {@link #median}; empty for a single sample, which has no spread. */
    static String spread(Samples samples) {
        if (samples.values().size() == 1) {
            return "";
        }
        Scale scale = scale(samples.unit(), samples.median());
        return number(samples.lowest() / scale.per) + "–" + number(samples.highest() / scale.per);
    }

    /** {@code "12.3 ms (11.9–12.8)"}. */
    static String both(Samples samples) {
        String spread = spread(samples);
        return median(samples) + (spread.isEmpty() ? "" : " (" + spread + ")");
    }

    static String value(double value, Unit unit) {
        Scale scale = scale(unit, value);
        return number(value / scale.per) + " " + scale.sign;
    }

    /** {@code "12.3 ×"}; two amounts of nothing have no ratio. */
    static String factor(double factor) {
        return (Double.isNaN(factor) ? "–" : number(factor)) + " ×";
    }

    /** {@code "≥ 3.00 ×"}; empty where there is no goal. */
    static String goal(Comparison comparison) {
        return comparison
                .goal()
                .map(goal -> goal(goal, comparison.after().unit()))
                .orElse("");
    }

    /** {@code "yes"} or {@code "no"}; empty where there is no goal. */
    static String reached(Comparison comparison) {
        return comparison.reached().map(reached -> reached ? "yes" : "no").orElse("");
    }

    private static String goal(Goal goal, Unit unit) {
        String sign = goal.atLeast() ? "≥ " : "≤ ";
        return goal.of() == Goal.Of.FACTOR ? sign + plain(goal.bound()) + " ×" : sign + amount(goal.bound(), unit);
    }

    /** Three digits that count, thousands grouped. */
    static String number(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value)) {
            return "–";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        // Bounds below the round numbers, so that 99.96 becomes 100 and not 100.0.
        String format = size == 0 || size >= 99.95
                ? "%,.0f"
                : size >= 9.995 ? "%.1f" : size >= 0.9995 ? "%.2f" : size >= 0.00995 ? "%.3f" : "%.2g";
        return String.format(Locale.ROOT, format, value);
    }

    private static String amount(double bound, Unit unit) {
        Scale scale = scale(unit, bound);
        return plain(bound / scale.per) + " " + scale.sign;
    }

    /** A bound: three digits that count, without zeros behind. */
    private static String plain(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
    }

    private static Scale scale(Unit unit, double value) {
        return switch (unit) {
            case MILLISECONDS -> time(value, 1);
            case SECONDS -> time(value * 1_000, 1_000);
            case BYTES -> bytes(value);
            case BYTES_PER_ROW, ROWS -> new Scale(1, unit.sign());
        };
    }

    private static Scale time(double millis, double perUnit) {
        if (millis > 0 && millis < 0.1) {
            return new Scale(0.001 / perUnit, "µs");
        }
        if (millis < 1_000) {
            return new Scale(1 / perUnit, "ms");
        }
        if (millis < 180_000) {
            return new Scale(1_000 / perUnit, "s");
        }
        return millis < 7_200_000 ? new Scale(60_000 / perUnit, "min") : new Scale(3_600_000 / perUnit, "h");
    }

    private static Scale bytes(double bytes) {
        if (bytes < 10_000) {
            return new Scale(1, "B");
        }
        return bytes < 10_000_000 ? new Scale(1e3, "kB") : new Scale(1e6, "MB");
    }
}
