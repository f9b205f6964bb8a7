package io.alphakeep.write;

import io.alphakeep.db.Schema;
import io.alphakeep.db.Transactions;
import io.alphakeep.market.Bars.Figure;
import io.alphakeep.market.BarsBuilder;
import io.alphakeep.market.Series;
import io.alphakeep.testkit.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * Measures where one way of writing becomes cheaper than another, on a server of its own that syncs: new rows by the array
 * statement or by COPY, changed rows by array statements or through a temporary table. Prints milliseconds of a transaction,
 * the median of interleaved rounds; docs/writing.md holds what was decided by it. Not a test:
 * {@code java -cp … io.alphakeep.write.Thresholds [rounds]}.
 */
final class Thresholds {

    private static final int[] NEW_ROWS = {50, 100, 200, 300, 500, 1_000, 2_000, 5_000, 20_000};
    private static final int[] CHANGED_ROWS = {100, 1_000, 6_000, 20_000, 100_000};
    private static final int FIRST_MONTHLY_YEAR = 2024;
    private static final int DAYS = 6_000;

    private static final String STAGE = """
            CREATE TEMPORARY TABLE alpha_bar_stage (LIKE alpha_market_data) ON COMMIT DROP
            """;

    private static final String COPY = """
            COPY pg_temp.alpha_bar_stage (ticker, endpoint, api_function, "timestamp", open_price, high_price, low_price,
                close_price, volume, adjusted_close, dividend_amount, split_coefficient, quality_flag, raw_payload,
                ingestion_epoch, updated_at) FROM STDIN (FORMAT binary)
            """;

    private static final String MERGE = """
            INSERT INTO alpha_market_data AS m SELECT * FROM pg_temp.alpha_bar_stage ORDER BY "timestamp"
            """ + BarArrays.OR_CHANGE;

    /** Writes judged rows, and says how many reached the table. */
    @FunctionalInterface
    private interface Way {
        Written write(Connection connection, JudgedBars rows) throws SQLException;
    }

    private static final BarArrays ARRAYS = new BarArrays();
    private static final Way BY_ARRAYS = (connection, rows) ->
            ARRAYS.write(connection, rows, JudgedBars.NEW).plus(ARRAYS.write(connection, rows, JudgedBars.CHANGED));
    private static final Way BY_COPY = (connection, rows) ->
            new BarCopy().writeNew(connection, rows) ? new Written(rows.size(), 0) : Written.NOTHING;
    private static final Way BY_STAGING = Thresholds::staged;

    private final Connection connection;
    private final int rounds;
    private int series;

    private Thresholds(Connection connection, int rounds) {
        this.connection = connection;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "2GB")
                .setServerConfig("max_wal_size", "4GB")
                .start()) {
            prepare(server.getPostgresDatabase());
            try (Connection connection = server.getPostgresDatabase().getConnection()) {
                Thresholds thresholds = new Thresholds(connection, rounds);
                thresholds.fresh();
                thresholds.changed();
            }
        }
    }

    private static void prepare(DataSource source) throws SQLException {
        Transactions transactions = new Transactions(source, "public", Duration.ofSeconds(5), Duration.ofMinutes(5));
        new Schema(TestDatabase.flyway(source, "public"), transactions).migrate(false);
        for (LocalDate day = LocalDate.of(2000, 1, 1); day.getYear() < 2026; ) {
            boolean monthly = day.getYear() >= FIRST_MONTHLY_YEAR;
            try (Connection connection = source.getConnection();
                    PreparedStatement make = connection.prepareStatement(
                            monthly
                                    ? "SELECT create_monthly_partition('alpha_market_data', ?::date)"
                                    : "SELECT create_yearly_partition('alpha_market_data', ?::date)")) {
                make.setString(1, day.toString());
                make.execute();
            }
            day = monthly ? day.plusMonths(1) : day.plusYears(1);
        }
    }

    private void fresh() throws SQLException {
        System.out.println("new rows |   arrays |     COPY | arrays / COPY");
        for (int count : NEW_ROWS) {
            compare(count, false, BY_ARRAYS, BY_COPY);
        }
    }

    private void changed() throws SQLException {
        System.out.println(" changed |   arrays |  staging | arrays / staging");
        for (int count : CHANGED_ROWS) {
            compare(count, true, BY_ARRAYS, BY_STAGING);
        }
    }

    private void compare(int count, boolean changed, Way one, Way other) throws SQLException {
        List<Double> ones = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        int turns = count > 10_000 ? Math.max(3, rounds / 3) : rounds;
        for (int round = -2; round < turns; round++) {
            boolean swapped = (round & 1) != 0;
            double first = round(count, changed, swapped ? other : one);
            double second = round(count, changed, swapped ? one : other);
            if (round >= 0) {
                ones.add(swapped ? second : first);
                others.add(swapped ? first : second);
            }
        }
        double a = median(ones);
        double b = median(others);
        System.out.println(String.format(Locale.ROOT, "%8d | %8.2f | %8.2f | %.2f", count, a, b, a / b));
    }

    private double round(int count, boolean changed, Way way) throws SQLException {
        BarTarget target = new BarTarget(
                Series.of("T" + series++ + ".LON", "TIME_SERIES_DAILY"), new WriteContext(1, WriteDatabase.NOW, false));
        connection.setAutoCommit(false);
        if (changed) {
            BY_COPY.write(connection, judged(target, count, 0));
            connection.commit();
        }
        JudgedBars rows = judged(target, count, changed ? 1 : 0);
        long start = System.nanoTime();
        Written written = way.write(connection, rows);
        connection.commit();
        double millis = (System.nanoTime() - start) / 1e6;
        if ((changed ? written.changed() : written.inserted()) != count) {
            throw new IllegalStateException(written + " of " + count);
        }
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            if (count > 10_000) {
                statement.execute("TRUNCATE alpha_market_data");
            }
        }
        return millis;
    }

    /** All of them new: what storage holds is not asked. */
    private JudgedBars judged(BarTarget target, int count, int tick) throws SQLException {
        // Daily bars, the last 300 days of them kept by month; hourly ones where there are not so many days.
        long step = count > DAYS ? 3_600 : 86_400;
        long start = LocalDate.of(FIRST_MONTHLY_YEAR, 1, 1).toEpochDay() * 86_400 + 300 * 86_400 - count * step;
        BarsBuilder builder = new BarsBuilder(count);
        for (int i = 0; i < count; i++) {
            builder.add(start + i * step);
            builder.put(Figure.OPEN, 1_000_000 + i % 97 + tick, 4);
            builder.put(Figure.HIGH, 1_000_500, 4);
            builder.put(Figure.LOW, 1_000_000, 4);
            builder.put(Figure.CLOSE, 1_000_000 + i % 89, 4);
            builder.put(Figure.VOLUME, 1_000_000 + i, 0);
        }
        return JudgedBars.of(connection, target, builder.build((dropped, kept) -> {}), StoredRows.none());
    }

    private static Written staged(Connection connection, JudgedBars rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(STAGE);
            try (BarRows copy = new BarRows(connection, COPY, rows.target())) {
                for (int i = 0; i < rows.size(); i++) {
                    copy.row(rows.bars(), i, rows.flag(i), rows.raw(i));
                }
                copy.end();
            }
            statement.execute("ANALYZE pg_temp.alpha_bar_stage");
            try (PreparedStatement merge = connection.prepareStatement(MERGE)) {
                Parameters parameters = new Parameters(merge);
                parameters.instant(rows.target().context().changedAt());
                parameters.instant(rows.target().context().insertedAt());
                return Written.by(merge);
            }
        }
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }
}
