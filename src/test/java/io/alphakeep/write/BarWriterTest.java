package io.alphakeep.write;

import static io.alphakeep.write.TestBars.bar;
import static io.alphakeep.write.TestBars.daily;
import static io.alphakeep.write.TestBars.every;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.market.Bar;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Interval;
import io.alphakeep.market.Series;
import io.alphakeep.testkit.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("postgres")
class BarWriterTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final WriteDatabase WRITES = new WriteDatabase(DATABASE);
    private static final LocalDate START = LocalDate.of(2001, 1, 1);
    private static final int BULK = BarWriter.COPY_ROWS + 1_000;

    @BeforeAll
    static void partitions() {
        WRITES.makePartitions(2000, 2026);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, BULK})
    void newThenAgainThenMore(int count) {
        Series series = Series.of("AGAIN" + count, "TIME_SERIES_DAILY");
        List<Bar> bars = daily(START, count);
        assertThat(WRITES.write(series, bars)).isEqualTo(new WriteResult(count, 0, 0, 0, 0));
        List<List<String>> before = WRITES.versions(series);
        assertThat(before).hasSize(count);
        assertThat(WRITES.write(series, bars, new WriteContext(2, WriteDatabase.NOW.plusSeconds(60), false)))
                .isEqualTo(new WriteResult(0, 0, count, 0, 0));
        assertThat(WRITES.versions(series)).isEqualTo(before);
        assertThat(WRITES.write(series, daily(START, count + 3))).isEqualTo(new WriteResult(3, 0, count, 0, 0));
    }

    /** Gaps are filled wherever they lie. The ticker is foreign: no bar is flagged for a missing session. */
    @ParameterizedTest
    @ValueSource(ints = {100, BULK})
    void changedAndMissingRowsBelowTheHighWaterMark(int count) {
        Series series = Series.of("MIXED" + count + ".LON", "TIME_SERIES_DAILY_ADJUSTED");
        List<Bar> bars = daily(START, count);
        List<Bar> older = new ArrayList<>();
        for (int i = 0; i < count - 10; i++) {
            if (i % 10 == 0) {
                older.add(bar(bars.get(i).timestamp(), "99.5"));
            } else if (i % 10 != 5) {
                older.add(bars.get(i));
            }
        }
        WRITES.write(series, older);
        int changed = (count - 10) / 10;
        int missing = (count - 10) / 10;
        Instant later = WriteDatabase.NOW.plusSeconds(60);
        assertThat(WRITES.write(series, bars, new WriteContext(7, later, false)))
                .isEqualTo(new WriteResult(missing + 10, changed, count - 10 - changed - missing, 0, 0));
        assertThat(DATABASE.query(
                        "SELECT ingestion_epoch, updated_at, count(*) FROM alpha_market_data WHERE ticker = 'MIXED"
                                + count + ".LON' GROUP BY 1, 2 ORDER BY 1, 2"))
                .isEqualTo(List.of(
                        List.of("1", "2026-09-12 12:00:00.123456+00", Integer.toString(count - 10 - changed - missing)),
                        List.of("7", "2026-09-12 12:01:00.123456+00", Integer.toString(missing + 10)),
                        List.of("7", "2026-09-12 12:01:00.123457+00", Integer.toString(changed))));
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data WHERE close_price = 99.5 AND ticker = 'MIXED"
                        + count + ".LON'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, BULK})
    void everyValueColumnCountsAsAChange(int count) {
        Series series = Series.of("COLUMN" + count, "TIME_SERIES_DAILY_ADJUSTED");
        List<Bar> bars = new ArrayList<>(daily(START, count));
        Instant at = bars.get(3).timestamp();
        BigDecimal v = new BigDecimal("100.5");
        List<Bar> forms = List.of(
                new Bar(at, v, v, v, v, v, v, v, v, "{\"a\": 1}"),
                new Bar(at, new BigDecimal("100.4"), v, v, v, v, v, v, v, "{\"a\": 1}"),
                new Bar(at, new BigDecimal("100.4"), v, v, v, v, v, v, null, "{\"a\": 1}"),
                new Bar(at, new BigDecimal("100.4"), v, v, v, v, v, null, null, "{\"a\": 1}"),
                new Bar(at, new BigDecimal("100.4"), v, v, v, v, null, null, null, "{\"a\": 1}"),
                new Bar(at, new BigDecimal("100.4"), v, v, v, null, null, null, null, "{\"a\": 1}"),
                new Bar(at, new BigDecimal("100.4"), v, v, v, null, null, null, null, "{\"a\": 2}"),
                new Bar(at, new BigDecimal("100.4"), v, v, v, null, null, null, null, null));
        WRITES.write(series, bars);
        for (Bar form : forms) {
            bars.set(3, form);
            assertThat(WRITES.write(series, bars)).isEqualTo(new WriteResult(0, 1, count - 1, 0, 0));
            assertThat(WRITES.write(series, bars)).isEqualTo(new WriteResult(0, 0, count, 0, 0));
        }
        // A flag that is no longer right is a change too.
        DATABASE.execute("UPDATE alpha_market_data SET quality_flag = 1 WHERE ticker = 'COLUMN" + count
                + "' AND \"timestamp\" = '" + bars.get(9).timestamp() + "'");
        assertThat(WRITES.write(series, bars)).isEqualTo(new WriteResult(0, 1, count - 1, 0, 0));
    }

    @Test
    void twoWritesInOneTransaction() {
        Series one = Series.of("TWICE1", "TIME_SERIES_DAILY");
        Series two = Series.of("TWICE2", "TIME_SERIES_DAILY");
        List<Bar> bars = daily(START, BULK);
        WRITES.write(one, bars.subList(BULK - 1, BULK));
        WRITES.write(two, bars.subList(BULK - 1, BULK));
        WriteContext context = new WriteContext(1, WriteDatabase.NOW, false);
        DATABASE.transactions().run(c -> {
            assertThat(new BarWriter().write(c, one, Bars.of(bars), context).inserted())
                    .isEqualTo(BULK - 1);
            assertThat(new BarWriter().write(c, two, Bars.of(bars), context).inserted())
                    .isEqualTo(BULK - 1);
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {10, BULK})
    void aBarWithoutPartitionIsOneClearError(int count) {
        Series series = Series.of("HOMELESS", "TIME_SERIES_DAILY");
        List<Bar> bars = daily(LocalDate.of(2026, 12, 31).minusDays(count - 2), count);
        assertThatThrownBy(() -> WRITES.write(series, bars))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("HOMELESS TIME_SERIES_DAILY")
                .hasMessageContaining("no partition")
                .hasMessageContaining("2027-01-01");
        assertThat(WRITES.count(series)).isEqualTo("0");
    }

    @Test
    void numbersThatTheDecoderShouldNotHaveLetThrough() {
        Series series = Series.of("BAD", "TIME_SERIES_DAILY");
        List<Bar> bulk = new ArrayList<>(daily(START, BULK));
        Instant at = bulk.get(BULK - 1).timestamp();
        for (String number : List.of("1E+99999999", "1E-101", "-1E+100")) {
            bulk.set(BULK - 1, new Bar(at, null, null, null, new BigDecimal(number), null, null, null, null, null));
            assertThatThrownBy(() -> WRITES.write(series, bulk))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("BAD TIME_SERIES_DAILY")
                    .hasMessageContaining("100 digits");
        }
        assertThat(WRITES.write(series, List.of())).isEqualTo(WriteResult.NONE);
        assertThat(WRITES.count(series)).isEqualTo("0");
    }

    /** After a COPY that was broken off the same connection goes on, its transaction rolled back. */
    @Test
    void aBrokenCopyLeavesTheConnectionUsable() throws SQLException {
        Series series = Series.of("BROKEN", "TIME_SERIES_DAILY");
        BarTarget target = new BarTarget(series, new WriteContext(1, WriteDatabase.NOW, false));
        Bars bars = Bars.of(daily(START, BULK));
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            JudgedBars judged = JudgedBars.of(connection, target, bars, StoredRows.none());
            assertThatThrownBy(() -> {
                        try (BarRows copy = new BarRows(connection, BarCopy.COPY, target)) {
                            copy.row(bars, 0, judged.flag(0), null);
                            copy.row(bars, BULK, 0, null);
                        }
                    })
                    .isInstanceOf(IndexOutOfBoundsException.class);
            connection.rollback();
            try (Statement statement = connection.createStatement();
                    ResultSet one =
                            statement.executeQuery("SELECT count(*) FROM alpha_market_data WHERE ticker = 'BROKEN'")) {
                one.next();
                assertThat(one.getInt(1)).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, BULK})
    void everyDigitAndEveryLeftoverIsKept(int count) {
        Series series = Series.of("DIGITS" + count, "TIME_SERIES_DAILY_ADJUSTED");
        List<Bar> bars = new ArrayList<>(daily(START, count));
        Instant at = bars.get(count - 1).timestamp();
        BigDecimal n = new BigDecimal("229.62102225102612");
        String rest = "{\"9. note\": \"tab\\t quote \\\" slash \\\\ line\\n é\", \"x\": 1.50}";
        Bar bar = new Bar(
                at,
                new BigDecimal("218.2000"),
                new BigDecimal("1E+3"),
                new BigDecimal("0.00000001"),
                n,
                new BigDecimal("123456789012345678901234567890"),
                new BigDecimal("-1.10"),
                new BigDecimal("0.0000"),
                new BigDecimal("1.0"),
                rest);
        bars.set(count - 1, bar);
        WRITES.write(series, bars);
        String where = " FROM alpha_market_data WHERE ticker = 'DIGITS" + count + "' AND \"timestamp\" = '" + at + "'";
        assertThat(DATABASE.query(
                        "SELECT open_price, high_price, low_price, close_price, volume, adjusted_close, dividend_amount, "
                                + "split_coefficient, raw_payload ->> '9. note', raw_payload ->> 'x', api_function, endpoint, ticker"
                                + where))
                .isEqualTo(List.of(List.of(
                        "218.2000",
                        "1000",
                        "0.00000001",
                        "229.62102225102612",
                        "123456789012345678901234567890",
                        "-1.10",
                        "0.0000",
                        "1.0",
                        "tab\t quote \" slash \\ line\n é",
                        "1.50",
                        "TIME_SERIES_DAILY_ADJUSTED",
                        "TIME_SERIES_DAILY_ADJUSTED",
                        "DIGITS" + count)));
        assertThat(WRITES.write(series, bars).unchanged()).isEqualTo(count);
        assertThat(WRITES.write(series, List.of(bar), new WriteContext(1, WriteDatabase.NOW, true))
                        .changed())
                .isEqualTo(1);
        assertThat(DATABASE.query(
                        "SELECT raw_payload ->> 'open', raw_payload ->> 'volume', raw_payload ->> 'x', raw_payload ->> 'timestamp'"
                                + where))
                .isEqualTo(List.of(List.of("218.2000", "123456789012345678901234567890", "1.50", at.toString())));
    }

    @Test
    void theHighWaterMarkOfAnotherSeriesIsNotMixedUp() {
        Instant first = Instant.parse("2020-01-02T09:30:00Z");
        Series minutes = Series.of("MANY", "TIME_SERIES_INTRADAY", Interval.ONE_MINUTE);
        Series fives = Series.of("MANY", "TIME_SERIES_INTRADAY", Interval.FIVE_MINUTES);
        assertThat(WRITES.write(minutes, every(first, Duration.ofMinutes(1), BULK))
                        .inserted())
                .isEqualTo(BULK);
        assertThat(WRITES.write(fives, every(first, Duration.ofMinutes(5), BULK))
                        .inserted())
                .isEqualTo(BULK);
        assertThat(WRITES.count(minutes)).isEqualTo(Integer.toString(BULK));
        assertThat(
                        DATABASE.value(
                                "SELECT count(DISTINCT endpoint) FROM alpha_market_data WHERE ticker = 'MANY' AND endpoint LIKE 'TIME_SERIES_INTRADAY_%min'"))
                .isEqualTo("2");
    }
}
