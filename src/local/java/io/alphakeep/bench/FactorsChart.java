package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Goal;
import java.util.ArrayList;
import java.util.List;

/** How many times as fast, beside the mark of what is to be reached, over one logarithmic axis around 1. */
final class FactorsChart extends Chart {

    private static final int BAR = 15;
    private static final int AXIS = 30;
    private static final int NARROW_RIGHT = 80;

    private final String title;
    private final List<Comparison> comparisons;

    FactorsChart(String id, String title, List<Comparison> comparisons) {
        super(id);
        this.title = title;
        this.comparisons = comparisons;
    }

    @Override
    String title() {
        return title + ": how many times as fast";
    }

    @Override
    String description() {
        return "A bar to the right of 1 × is faster than what it stands beside. The upright mark is the goal:"
                + " green reaches it, orange does not, blue has none.";
    }

    @Override
    int height(int width) {
        int height = AXIS;
        for (Comparison c : comparisons) {
            height += row(c, width);
        }
        return height;
    }

    @Override
    void draw(Markup svg, int width) {
        boolean wide = width >= 600;
        double left = wide ? width * 0.42 : 1;
        LogAxis axis = LogAxis.around(domain(), left, width - left - (wide ? 190 : NARROW_RIGHT));
        int bottom = height(width) - AXIS;
        List<Double> decades = axis.decades();
        for (int i = 0; i < decades.size(); i++) {
            double decade = decades.get(i);
            double x = axis.at(decade);
            line(svg, isOne(decade) ? "one" : "grid", x, 0, x, bottom);
            if (wide || decades.size() <= 5 || i % 2 == 0) {
                text(svg, "soft", x, bottom + 18, i == 0 && !wide ? "start" : "middle", word(decade));
            }
        }
        double y = 14;
        for (Comparison c : comparisons) {
            row(svg, axis, c, y, width);
            y += row(c, width);
        }
    }

    private static void row(Markup svg, LogAxis axis, Comparison c, double y, int width) {
        double below = texts(svg, "strong", 0, y, work(c, width));
        double top = y - 12;
        if (width >= 600) {
            texts(svg, "soft", 0, below, beside(c, width));
        } else {
            top = texts(svg, "soft", 0, below, beside(c, width)) - 12;
        }
        double one = axis.at(1);
        double end = Double.isNaN(c.factor()) ? one : axis.at(c.factor());
        Chart.bar(svg, kind(c), one, end, top, BAR);
        double mark = end;
        double needed = needed(c);
        if (!Double.isNaN(needed)) {
            double x = axis.at(needed);
            line(svg, "goal", x, top - 4, x, top + BAR + 4);
            mark = Math.max(mark, x);
        }
        String label = Shown.factor(c.factor())
                + c.reached().map(reached -> reached ? " ✓" : " ✗").orElse("");
        text(svg, "", Math.max(mark, one) + 7, top + 12, "start", label);
        if (width >= 600 && c.goal().isPresent()) {
            text(svg, "soft", width - 2.0, top + 12, "end", "goal " + Shown.goal(c));
        }
    }

    private static int row(Comparison c, int width) {
        int texts = (work(c, width).size() + beside(c, width).size()) * 17;
        return width >= 600 ? Math.max(texts, BAR + 6) + 14 : texts + BAR + 22;
    }

    private static List<String> work(Comparison c, int width) {
        return BenchText.wrapped(c.work(), letters(width >= 600 ? width * 0.40 : width));
    }

    private static List<String> beside(Comparison c, int width) {
        return BenchText.wrapped("beside " + c.before().technique(), letters(width >= 600 ? width * 0.40 : width));
    }

    private static String kind(Comparison c) {
        return c.reached().map(reached -> reached ? "good" : "missed").orElse("free");
    }

    /** The factor that the goal asks for; a bound on the time itself is one too, as long as "before" is what it was. */
    private static double needed(Comparison c) {
        if (c.goal().isEmpty()) {
            return Double.NaN;
        }
        Goal goal = c.goal().get();
        return goal.of() == Goal.Of.FACTOR ? goal.bound() : c.before().median() / goal.bound();
    }

    private double[] domain() {
        List<Double> values = new ArrayList<>(List.of(1.0));
        for (Comparison c : comparisons) {
            values.add(c.factor());
            values.add(needed(c));
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static boolean isOne(double decade) {
        return Math.abs(decade - 1) < 1e-9;
    }

    private static String word(double decade) {
        return Shown.number(decade).replaceAll("\\.0+$", "").replaceAll("(\\.\\d*?)0+$", "$1") + " ×";
    }
}
