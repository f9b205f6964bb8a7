package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Goal;
import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.bench.Samples.Unit;
import io.alphakeep.write.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Full histories once more, with nothing new in them: what they take, and what they leave behind. */
final class UnchangedPart implements Part {

    private static final String PREFIX = "U";
    private static final double FACTOR = 6;
    private static final double WAL_BYTES_PER_ROW = 10;

    @Override
    public List<Comparison> measure(Bench bench) throws Exception {
        MixedTables.drop(bench);
        Sizes sizes = bench.options().sizes();
        List<SeriesBars> answers = SeriesBars.daily(PREFIX, 0, sizes.peerSeries(), sizes.barsPerSeries());
        int rows = SeriesBars.rows(answers);
        try (Stored stored = Stored.of(bench, answers)) {
            SameRows same = new SameRows();
            Footprint ours = new Footprint(rows);
            Footprint always = new Footprint(rows);
            List<Samples> times = bench.options()
                    .rounds()
                    .of(List.of(
                            technique(
                                    "DO UPDATE always, staged",
                                    bench,
                                    stored,
                                    same,
                                    always,
                                    new Properties(),
                                    c -> StagedUpsert.write(c, answers)),
                            technique(
                                    "DO UPDATE always, addBatch",
                                    bench,
                                    stored,
                                    same,
                                    null,
                                    rewritten(),
                                    c -> AddBatch.write(c, "alpha_market_data", answers)),
                            technique("alphakeep", bench, stored, same, ours, new Properties(), c -> {
                                WriteResult result = Ours.write(c, answers);
                                if (result.unchanged() != rows) {
                                    throw new IllegalStateException("not all unchanged: " + result);
                                }
                            })));
            String work = "%,d unchanged rows again".formatted(rows);
            List<Comparison> all = new ArrayList<>();
            Goal faster = new Goal(Goal.Of.FACTOR, FACTOR, true);
            all.add(line(
                    work, times.get(0), times.get(2), Optional.of(faster), "COPY to a temporary table, then upsert"));
            all.add(line(work, times.get(1), times.get(2), Optional.empty(), "reWriteBatchedInserts"));
            all.addAll(Footprint.lines(work, always, ours, WAL_BYTES_PER_ROW));
            return all;
        } finally {
            MixedTables.drop(bench);
        }
    }

    private static Comparison line(String work, Samples before, Samples after, Optional<Goal> goal, String note) {
        return new Comparison(Section.WRITING, work, before, after, "", goal, note);
    }

    static Properties rewritten() {
        Properties properties = new Properties();
        properties.setProperty("reWriteBatchedInserts", "true");
        return properties;
    }

    private interface Write {
        void with(Connection connection) throws SQLException;
    }

    private static Technique technique(
            String name,
            Bench bench,
            Stored stored,
            SameRows same,
            Footprint footprint,
            Properties properties,
            Write write) {
        return new Measured(name, Unit.MILLISECONDS, round -> {
            bench.progress("bench: unchanged, " + name + ", round " + round);
            stored.restore();
            Footprint.Mark before = stored.mark();
            double millis;
            try (Connection connection = bench.target().connect(properties)) {
                connection.setAutoCommit(false);
                millis = Measured.milliseconds(() -> write.with(connection));
                stored.tellStatistics(connection);
            }
            if (footprint != null && round >= 0) {
                footprint.add(before, stored.mark());
            }
            stored.look(same, name);
            return millis;
        });
    }
}
