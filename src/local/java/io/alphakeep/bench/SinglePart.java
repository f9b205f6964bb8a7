package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Goal;
import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.bench.Samples.Unit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The next session's bar of a series whose earlier ones are stored, committed. */
final class SinglePart implements Part {

    private static final String PREFIX = "S";
    private static final int KNOWN = 20;
    /** The disk has to be asked once, and the server once. */
    private static final double TIMES_THE_FLOOR = 1.5;

    @Override
    public List<Comparison> measure(Bench bench) throws Exception {
        MixedTables.ensure(bench);
        Rounds rounds = bench.options().rounds();
        int singles = bench.options().sizes().singles();
        String work = "one new row, committed, p50 of " + singles;
        List<SeriesBars> series = SeriesBars.daily(PREFIX, 0, singles, KNOWN + rounds.warmUps() + rounds.counted());
        try (Connection before = bench.target().connect();
                Connection after = bench.target().connect();
                Disk disk = Disk.of(bench).orElse(null)) {
            fill(before, series);
            after.setAutoCommit(false);
            SameRows same = new SameRows();
            List<Technique> techniques = new ArrayList<>();
            techniques.add(new Measured("INSERT … ON CONFLICT, one by one", Unit.MILLISECONDS, round -> {
                int bar = KNOWN + rounds.warmUps() + round;
                double p50 = p50(series, each -> PlanUpsert.write(before, each.slice(bar, bar + 1)));
                same.look(before, "the plan's upsert", MixedTables.BEFORE + " WHERE ticker LIKE '" + PREFIX + "%'");
                return p50;
            }));
            techniques.add(new Measured("alphakeep", Unit.MILLISECONDS, round -> {
                int bar = KNOWN + rounds.warmUps() + round;
                double p50 = p50(series, each -> Ours.write(after, each.slice(bar, bar + 1)));
                same.look(after, "alphakeep", "alpha_market_data WHERE ticker LIKE '" + PREFIX + "%'");
                return p50;
            }));
            if (disk != null) {
                techniques.add(new Measured(Disk.NAME, Unit.MILLISECONDS, round -> p50(series, each -> disk.floor())));
            }
            List<Samples> samples = rounds.of(techniques);
            List<Comparison> comparisons = new ArrayList<>();
            comparisons.add(new Comparison(
                    Section.PLAN,
                    work,
                    samples.get(0),
                    samples.get(1),
                    "5 ms → 0.5 ms",
                    Optional.empty(),
                    "alphakeep also locks the series, reads the bar before it and counts"));
            if (disk != null) {
                comparisons.add(new Comparison(
                        Section.WRITING,
                        work,
                        samples.get(2),
                        samples.get(1),
                        "",
                        Optional.of(new Goal(Goal.Of.FACTOR, 1 / TIMES_THE_FLOOR, true)),
                        "the floor: one write to the disk and one round trip"));
            }
            return comparisons;
        }
    }

    private static void fill(Connection connection, List<SeriesBars> series) throws SQLException {
        List<byte[]> known = CopyRows.encode(
                series.stream().map(each -> each.slice(0, KNOWN)).toList());
        CopyRows.send(connection, "alpha_market_data", known);
        CopyRows.send(connection, MixedTables.BEFORE, known);
        Sql.run(connection, "VACUUM (ANALYZE) alpha_market_data", "VACUUM (ANALYZE) " + MixedTables.BEFORE);
    }

    private interface One {
        void write(SeriesBars one) throws Exception;
    }

    private static double p50(List<SeriesBars> series, One one) throws Exception {
        double[] took = new double[series.size()];
        for (int i = 0; i < took.length; i++) {
            SeriesBars each = series.get(i);
            took[i] = Measured.milliseconds(() -> one.write(each));
        }
        return Samples.quantile(took, 0.5);
    }
}
