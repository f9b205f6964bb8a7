package io.alphakeep.bench;

import io.alphakeep.bench.Samples.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Before and after as bars over one logarithmic axis of time, with the spread of the rounds as whiskers. */
final class TimesChart extends Chart {

    private static final int BAR = 15;
    private static final int RIGHT = 175;
    private static final int AXIS = 30;

    private final String title;
    private final List<Comparison> comparisons;

    private TimesChart(String id, String title, List<Comparison> comparisons) {
        super(id);
        this.title = title;
        this.comparisons = comparisons;
    }

    /** Of those that are times; a chart of none is empty. */
    static TimesChart of(String id, String title, List<Comparison> comparisons) {
        return new TimesChart(
                id,
                title,
                comparisons.stream()
                        .filter(c ->
                                isTime(c.before().unit()) && isTime(c.after().unit()))
                        .toList());
    }

    boolean isEmpty() {
        return comparisons.isEmpty();
    }

    @Override
    String title() {
        return title;
    }

    @Override
    String description() {
        return "Grey: before. Blue: after. The scale is logarithmic: each line is ten times the one before it."
                + " Whiskers go from the lowest to the highest round.";
    }

    @Override
    int height(int width) {
        int height = AXIS;
        for (Comparison c : comparisons) {
            height += heading(c, width).size() * 17 + 2 * (BAR + 4) + 20;
        }
        return height;
    }

    @Override
    void draw(Markup svg, int width) {
        LogAxis axis = LogAxis.around(millis(), 1, width - (width < 600 ? 130 : RIGHT));
        int bottom = height(width) - AXIS;
        List<Double> decades = axis.decades();
        for (int i = 0; i < decades.size(); i++) {
            double x = axis.at(decades.get(i));
            line(svg, "grid", x, 0, x, bottom);
            boolean crowded = width < 600 && decades.size() > 5 && i % 2 == 1;
            if (!crowded) {
                text(svg, "soft", x, bottom + 18, i == 0 ? "start" : "middle", word(decades.get(i)));
            }
        }
        double y = 14;
        for (Comparison c : comparisons) {
            y = texts(svg, "strong", 0, y, heading(c, width)) - 10;
            bar(svg, axis, "before", c.before(), y);
            bar(svg, axis, "after", c.after(), y + BAR + 4);
            y += 2 * (BAR + 4) + 30;
        }
    }

    private static void bar(Markup svg, LogAxis axis, String kind, Samples samples, double y) {
        double end = axis.at(millis(samples, samples.median()));
        double low = axis.at(millis(samples, samples.lowest()));
        double high = axis.at(millis(samples, samples.highest()));
        Chart.bar(svg, kind, axis.left(), end, y, BAR);
        double middle = y + BAR / 2.0;
        if (samples.values().size() > 1) {
            line(svg, "whisker", low, middle, high, middle);
            line(svg, "whisker", low, middle - 4, low, middle + 4);
            line(svg, "whisker", high, middle - 4, high, middle + 4);
        }
        text(svg, "", Math.max(end, high) + 7, y + 12, "start", Shown.median(samples));
    }

    private static List<String> heading(Comparison c, int width) {
        return BenchText.wrapped(c.work() + ": " + Shown.factor(c.factor()), letters(width));
    }

    private double[] millis() {
        List<Double> all = new ArrayList<>();
        for (Comparison c : comparisons) {
            Stream.of(c.before(), c.after())
                    .forEach(samples -> samples.values().forEach(value -> all.add(millis(samples, value))));
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static boolean isTime(Unit unit) {
        return unit == Unit.MILLISECONDS || unit == Unit.SECONDS;
    }

    private static double millis(Samples samples, double value) {
        return samples.unit() == Unit.SECONDS ? value * 1_000 : value;
    }

    private static String word(double millis) {
        String[] units = {"ns", "µs", "ms", "s"};
        double value = millis * 1_000_000;
        int unit = 0;
        while (unit < units.length - 1 && value >= 999.9) {
            value /= 1_000;
            unit++;
        }
        return Shown.number(value).replaceAll("\\.0+$", "") + " " + units[unit];
    }
}
