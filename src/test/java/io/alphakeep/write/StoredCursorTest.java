package io.alphakeep.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.db.Bounds;
import io.alphakeep.market.Bar;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Series;
import io.alphakeep.testkit.TestDatabase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read under the lock: the newest state, every figure as it was written, by a plan that prunes. */
@Tag("postgres")
class StoredCursorTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final WriteDatabase WRITES = new WriteDatabase(DATABASE);
    private static final WriteContext CONTEXT = new WriteContext(1, WriteDatabase.NOW, false);

    /** The driver prepares a statement on the server at its first to fifth use, and asks for binary from the next on. */
    private static final int USES = 8;

    @BeforeAll
    static void partitions() {
        WRITES.makePartitions(2001, 2020);
    }

    /** One snapshot for lock and read would be older than the lock: the rows would count as new. */
    @Test
    void whatTheLocksLastHolderCommittedIsSeen() throws Exception {
        Series series = Series.of("HELD.LON", "TIME_SERIES_DAILY");
        List<Bar> bars = TestBars.daily(LocalDate.of(2001, 1, 1), 50);
        try (Connection holder = DATABASE.dataSource().getConnection()) {
            holder.setAutoCommit(false);
            new BarWriter().write(holder, series, Bars.of(bars.subList(0, 30)), CONTEXT);
            CompletableFuture<List<Byte>> verdicts = CompletableFuture.supplyAsync(() -> verdicts(series, bars));
            WRITES.awaitWaiting(1);
            holder.commit();
            assertThat(verdicts.get().subList(0, 30)).containsOnly(JudgedBars.SAME);
            assertThat(verdicts.get().subList(30, 50)).containsOnly(JudgedBars.NEW);
        }
    }

    private static List<Byte> verdicts(Series series, List<Bar> bars) {
        return DATABASE.transactions().run(connection -> {
            BarTarget target = new BarTarget(series, CONTEXT);
            Bars answer = Bars.of(bars);
            try (StoredCursor stored = StoredCursor.open(connection, Bounds.SET, target, answer)) {
                JudgedBars judged = JudgedBars.of(connection, target, answer, stored);
                List<Byte> verdicts = new ArrayList<>();
                for (int i = 0; i < judged.size(); i++) {
                    verdicts.add(judged.verdict(i));
                }
                return verdicts;
            }
        });
    }

    /** As text and in binary, by arrays and by COPY: the server's own text of each figure is the figure's. */
    @ParameterizedTest
    @ValueSource(ints = {BarWriter.COPY_ROWS - 1, BarWriter.COPY_ROWS + 1})
    void everyFigureComesBackAsItWasWritten(int count) throws SQLException {
        Series series = Series.of("FIGURES" + count + ".LON", "TIME_SERIES_DAILY_ADJUSTED");
        List<Bar> bars = figures(count);
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            assertThat(new BarWriter().write(connection, series, Bars.of(bars), CONTEXT))
                    .isEqualTo(new WriteResult(count, 0, 0, 0, 0));
            connection.commit();
            List<List<String>> before = WRITES.versions(series);
            for (int i = 0; i < USES; i++) {
                assertThat(new BarWriter().write(connection, series, Bars.of(bars), CONTEXT))
                        .isEqualTo(new WriteResult(0, 0, count, 0, 0));
                connection.commit();
            }
            assertThat(WRITES.versions(series)).isEqualTo(before);
            // Any other value of any figure is seen, too.
            List<Bar> others = bars.stream().map(StoredCursorTest::other).toList();
            assertThat(new BarWriter().write(connection, series, Bars.of(others), CONTEXT))
                    .isEqualTo(new WriteResult(0, count, 0, 0, 0));
            connection.rollback();
        }
        List<List<String>> stored = DATABASE.query(
                "SELECT open_price, high_price, low_price, close_price, volume, adjusted_close, dividend_amount, split_coefficient, raw_payload ->> 'note'"
                        + " FROM alpha_market_data WHERE ticker = '" + series.symbol() + "' ORDER BY \"timestamp\"");
        for (int i = 0; i < count; i++) {
            Bar bar = bars.get(i);
            assertThat(stored.get(i))
                    .containsExactly(
                            text(bar.open()),
                            text(bar.high()),
                            text(bar.low()),
                            text(bar.close()),
                            text(bar.volume()),
                            text(bar.adjustedClose()),
                            text(bar.dividendAmount()),
                            text(bar.splitCoefficient()),
                            bar.rest() == null ? null : NOTE);
        }
    }

    private static final String NOTE = "quote \" slash \\ tab\t line\n é 漢 😀 {brace}, comma";
    private static final String REST =
            "{\"note\":\"quote \\\" slash \\\\ tab\\t line\\n é 漢 😀 {brace}, comma\",\"number\":1.50}";

    private static String text(BigDecimal value) {
        return value == null ? null : value.toPlainString();
    }

    private static List<Bar> figures(int count) {
        Random random = new Random(count);
        List<Bar> bars = new ArrayList<>();
        Instant at = Instant.parse("2001-01-01T00:00:00Z");
        for (int i = 0; i < count; i++) {
            bars.add(new Bar(
                    at.plusSeconds(86_400L * i),
                    figure(random),
                    figure(random),
                    figure(random),
                    figure(random),
                    figure(random),
                    figure(random),
                    figure(random),
                    figure(random),
                    i % 3 == 0 ? REST : null));
        }
        return bars;
    }

    private static final List<String> CORNERS = List.of(
            "0",
            "0.0000",
            "-0.10",
            "1E+3",
            "9223372036854775807",
            "-9223372036854775808",
            "99999999999999999999",
            "0.00000000000000000001",
            "10000",
            "10000.0000",
            "9999.9999",
            "0.0001",
            "0.00010",
            "123456789.123456789",
            "1E-100",
            "-1E+99",
            "100000000000000000",
            "0.000000000000000001",
            "5000000000000.00001");

    private static BigDecimal figure(Random random) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return null;
        }
        if (kind < 4) {
            return new BigDecimal(CORNERS.get(random.nextInt(CORNERS.size())));
        }
        BigInteger digits = new BigInteger(1 + random.nextInt(kind == 9 ? 150 : 50), random);
        return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), random.nextInt(kind == 9 ? 40 : 9));
    }

    private static Bar other(Bar bar) {
        BigDecimal close = bar.close() == null ? BigDecimal.ZERO : bar.close().add(BigDecimal.ONE.movePointLeft(3));
        return new Bar(
                bar.timestamp(),
                bar.open(),
                bar.high(),
                bar.low(),
                close,
                bar.volume(),
                bar.adjustedClose(),
                bar.dividendAmount(),
                bar.splitCoefficient(),
                bar.rest());
    }

    @Test
    void whatIsNoNumberDiffersFromEveryFigure() {
        Series series = Series.of("ODD.LON", "TIME_SERIES_DAILY");
        List<Bar> bars = TestBars.daily(LocalDate.of(2001, 1, 1), 5);
        for (String odd : List.of("NaN", "Infinity", "-Infinity")) {
            WRITES.write(series, bars);
            DATABASE.execute("UPDATE alpha_market_data SET close_price = '" + odd
                    + "' WHERE ticker = 'ODD.LON' AND \"timestamp\" = '2001-01-03Z'");
            try (Connection connection = DATABASE.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                for (int i = 0; i < USES; i++) {
                    assertThat(new BarWriter()
                                    .write(connection, series, Bars.of(bars), CONTEXT)
                                    .changed())
                            .isEqualTo(1);
                    connection.rollback();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void onePlanForAllValuesWhichPrunesWhenItRuns() throws SQLException {
        Series series = Series.of("PLAN.LON", "TIME_SERIES_DAILY");
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < USES; i++) {
                Bars bars = Bars.of(TestBars.daily(LocalDate.of(2001 + i, 3, 1), 60));
                assertThat(new BarWriter()
                                .write(connection, series, bars, CONTEXT)
                                .inserted())
                        .isEqualTo(60);
                connection.commit();
            }
            String name;
            try (ResultSet row =
                    statement.executeQuery("SELECT name, generic_plans, custom_plans FROM pg_prepared_statements"
                            + " WHERE statement LIKE '%SELECT /* alphakeep */ \"timestamp\", open_price%'")) {
                assertThat(row.next()).isTrue();
                name = row.getString(1);
                assertThat(row.getLong(2)).isEqualTo(USES);
                assertThat(row.getLong(3)).isZero();
            }
            connection.rollback();
            statement.execute("SET LOCAL plan_cache_mode = force_generic_plan");
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = statement.executeQuery("EXPLAIN (COSTS off) EXECUTE \"" + name
                    + "\" ('PLAN.LON', 'TIME_SERIES_DAILY', '2005-02-19Z', '2005-05-01Z')")) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            assertThat(plan.toString()).contains("alpha_market_data_2005").contains("Subplans Removed: 19");
        }
    }
}
