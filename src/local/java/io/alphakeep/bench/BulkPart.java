package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Goal;
import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.bench.Samples.Unit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** New rows in bulk: full histories of daily bars into empty tables. */
final class BulkPart implements Part {

    private static final String PREFIX = "N";
    private static final String TABLE = "alpha_market_data";
    private static final int AT_ROWS = 1_000_000;

    @Override
    public List<Comparison> measure(Bench bench) throws Exception {
        MixedTables.drop(bench);
        Sizes sizes = bench.options().sizes();
        try (BulkTables tables = BulkTables.make(bench)) {
            List<SeriesBars> all = SeriesBars.daily(PREFIX, 0, sizes.bulkSeries(), sizes.barsPerSeries());
            List<Comparison> comparisons = new ArrayList<>(againstCopy(bench, tables, all));
            comparisons.addAll(againstBatches(bench, tables, all.subList(0, sizes.peerSeries())));
            return comparisons;
        }
    }

    private static List<Comparison> againstCopy(Bench bench, BulkTables tables, List<SeriesBars> all) throws Exception {
        List<byte[]> encoded = CopyRows.encode(all);
        SameRows same = new SameRows();
        List<Samples> samples = bench.options()
                .rounds()
                .of(List.of(
                        copy("one COPY into the same table", bench, tables, TABLE, encoded, same),
                        ours(bench, tables, all, same),
                        twoWriters(bench, tables, all, same),
                        copy("one COPY, no index", bench, tables, BulkTables.BARE, encoded, same)));
        String work = "%,d new rows".formatted(SeriesBars.rows(all));
        return List.of(
                copied(
                        all,
                        work,
                        samples.get(0),
                        samples.get(1),
                        0.97,
                        "%,d bars a series, a transaction each"
                                .formatted(all.get(0).bars().size())),
                copied(all, work + ", two writers", samples.get(0), samples.get(2), 1.4, "beside the same single COPY"),
                new Comparison(
                        Section.WRITING,
                        work,
                        samples.get(3),
                        samples.get(1),
                        "",
                        Optional.empty(),
                        "COPY into a table without index or partitions, in one transaction"));
    }

    private static List<Comparison> againstBatches(Bench bench, BulkTables tables, List<SeriesBars> some)
            throws Exception {
        SameRows same = new SameRows();
        List<Samples> samples = bench.options()
                .rounds()
                .of(List.of(
                        ours(bench, tables, some, same),
                        batches("addBatch, rewritten", bench, tables, TABLE, true, some, same),
                        batches("addBatch, not rewritten", bench, tables, TABLE, false, some, same),
                        batches(
                                "addBatch, rewritten, the plan's indexes",
                                bench,
                                tables,
                                BulkTables.PLAN,
                                true,
                                some,
                                same)));
        String work = "%,d new rows".formatted(SeriesBars.rows(some));
        return List.of(
                line(work, samples.get(1), samples.get(0), 3, "DO UPDATE, reWriteBatchedInserts, the same table"),
                new Comparison(
                        Section.WRITING,
                        work,
                        samples.get(2),
                        samples.get(0),
                        "",
                        Optional.empty(),
                        "the driver as it is by default"),
                line(work, samples.get(3), samples.get(0), 5, "the plan's four indexes, the same partitions"));
    }

    /** What a transaction costs beside its rows weighs more with fewer: the goals are of a million. */
    private static Comparison copied(
            List<SeriesBars> all, String work, Samples before, Samples after, double factor, String note) {
        Optional<Goal> goal =
                SeriesBars.rows(all) < AT_ROWS ? Optional.empty() : Optional.of(new Goal(Goal.Of.FACTOR, factor, true));
        return new Comparison(Section.WRITING, work, before, after, "", goal, note);
    }

    private static Comparison line(String work, Samples before, Samples after, double factor, String note) {
        return new Comparison(
                Section.WRITING, work, before, after, "", Optional.of(new Goal(Goal.Of.FACTOR, factor, true)), note);
    }

    private static Technique ours(Bench bench, BulkTables tables, List<SeriesBars> answers, SameRows same) {
        return timed("alphakeep", bench, tables, TABLE, same, new Properties(), c -> Ours.write(c, answers));
    }

    private static Technique copy(
            String name, Bench bench, BulkTables tables, String table, List<byte[]> rows, SameRows same) {
        return timed(name, bench, tables, table, same, new Properties(), connection -> {
            CopyRows.send(connection, table, rows);
            connection.commit();
        });
    }

    private static Technique batches(
            String name,
            Bench bench,
            BulkTables tables,
            String table,
            boolean rewritten,
            List<SeriesBars> answers,
            SameRows same) {
        Properties properties = new Properties();
        properties.setProperty("reWriteBatchedInserts", Boolean.toString(rewritten));
        return timed(name, bench, tables, table, same, properties, c -> AddBatch.write(c, table, answers));
    }

    private static Technique twoWriters(Bench bench, BulkTables tables, List<SeriesBars> answers, SameRows same) {
        int half = answers.size() / 2;
        String name = "alphakeep, two writers";
        return timed(name, bench, tables, TABLE, same, new Properties(), connection -> {
            ExecutorService second = Executors.newSingleThreadExecutor();
            try (Connection other = bench.target().connect()) {
                other.setAutoCommit(false);
                Future<?> done = second.submit(() -> Ours.write(other, answers.subList(half, answers.size())));
                Ours.write(connection, answers.subList(0, half));
                done.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            } finally {
                second.shutdownNow();
            }
        });
    }

    private interface Write {
        void with(Connection connection) throws Exception;
    }

    /** Empty before, looked at afterwards, both outside of the clock. */
    private static Technique timed(
            String name,
            Bench bench,
            BulkTables tables,
            String table,
            SameRows same,
            Properties properties,
            Write write) {
        return new Measured(name, Unit.SECONDS, round -> {
            bench.progress("bench: bulk, " + name + ", round " + round);
            tables.empty(table);
            double seconds;
            try (Connection connection = bench.target().connect(properties)) {
                connection.setAutoCommit(false);
                // The session reads the catalogue of the partitions once, which a program that is at work has done.
                warm(connection, table);
                seconds = Measured.seconds(() -> write.with(connection));
            }
            tables.look(same, name, table);
            return seconds;
        });
    }

    private static void warm(Connection connection, String table) throws SQLException {
        Sql.value(connection, "SELECT count(*) FROM " + table);
        connection.commit();
    }
}
