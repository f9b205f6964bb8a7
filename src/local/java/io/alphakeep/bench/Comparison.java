package io.alphakeep.bench;

import java.util.Optional;

/**
 * One line of the report: the same work done by two techniques in turn, in the same run.
 *
 * @param section what it belongs to
 * @param work    what was done, with its size: {@code "100,000 unchanged rows again"}
 * @param before  what it stands beside; in {@link Section#PLAN} the plan's starting point
 * @param after   this program
 * @param claim   what the original plan promised, {@code "5 ms → 0.5 ms"}; empty where it says nothing
 * @param goal    what is to be reached; empty where there is none
 * @param note    what a reader must know to read the line; empty when nothing
 */
record Comparison(
        Section section, String work, Samples before, Samples after, String claim, Optional<Goal> goal, String note) {

    enum Section {
        PLAN("The original plan's section 9"),
        WRITING("Writing"),
        READING("Reading"),
        DECODING("Decoding");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /**
     * @param of    the figure that is bounded
     * @param bound the bound
     * @param atLeast the figure is to be at least the bound, else at most
     */
    record Goal(Of of, double bound, boolean atLeast) {

        enum Of {
            /** How many times as fast as what it stands beside: {@link Comparison#factor()}. */
            FACTOR,
            /** {@link Samples#median()} of {@link Comparison#after()}. */
            AFTER
        }
    }

    /** How many times as much the work costs before as after: the median of the rounds' own ratios. */
    double factor() {
        int rounds = Math.min(before.values().size(), after.values().size());
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ratios[i] = before.values().get(i) / after.values().get(i);
        }
        return Samples.quantile(ratios, 0.5);
    }

    /** Whether the goal is reached; empty where there is none. */
    Optional<Boolean> reached() {
        return goal.map(g -> {
            double figure = g.of() == Goal.Of.FACTOR ? factor() : after.median();
            return g.atLeast() ? figure >= g.bound() : figure <= g.bound();
        });
    }
}
