package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Goal;
import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.bench.Samples.Unit;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/** A batch of new rows of one series. */
final class BatchPart implements Part {

    private static final String PREFIX = "B";
    private static final double GOAL_MILLIS = 7;

    @Override
    public List<Comparison> measure(Bench bench) throws Exception {
        MixedTables.ensure(bench);
        Rounds rounds = bench.options().rounds();
        int rows = bench.options().sizes().batchRows();
        try (Connection before = bench.target().connect();
                Connection after = bench.target().connect()) {
            after.setAutoCommit(false);
            SameRows same = new SameRows();
            // Each round writes a series that nobody has yet.
            Technique plan = new Measured("INSERT … ON CONFLICT, one by one", Unit.MILLISECONDS, round -> {
                SeriesBars series = SeriesBars.daily(PREFIX, rounds.warmUps() + round, rows);
                double took = Measured.milliseconds(() -> PlanUpsert.write(before, series));
                same.look(before, "the plan's upsert", MixedTables.BEFORE + of(series));
                return took;
            });
            Technique ours = new Measured("alphakeep", Unit.MILLISECONDS, round -> {
                SeriesBars series = SeriesBars.daily(PREFIX, rounds.warmUps() + round, rows);
                // Milliseconds: one of them is chance.
                double took = Measured.milliseconds(() -> Ours.write(after, series));
                same.look(after, "alphakeep", "alpha_market_data" + of(series));
                after.commit();
                double[] more = new double[EXTRA + 1];
                more[EXTRA] = took;
                for (int i = 0; i < EXTRA; i++) {
                    SeriesBars extra = SeriesBars.daily(PREFIX + (char) ('A' + i), rounds.warmUps() + round, rows);
                    more[i] = Measured.milliseconds(() -> Ours.write(after, extra));
                }
                return Samples.quantile(more, 0.5);
            });
            List<Samples> samples = rounds.of(List.of(plan, ours));
            return List.of(new Comparison(
                    Section.PLAN,
                    "a batch of %,d new rows, committed".formatted(rows),
                    samples.get(0),
                    samples.get(1),
                    "5000 ms → 100 ms",
                    Optional.of(new Goal(Goal.Of.AFTER, GOAL_MILLIS, false)),
                    "one by one with a commit for each row, beside one write"));
        }
    }

    /** Batches beside the one that is compared. */
    private static final int EXTRA = 4;

    private static String of(SeriesBars series) {
        return " WHERE ticker = '" + series.ticker() + "'";
    }
}
