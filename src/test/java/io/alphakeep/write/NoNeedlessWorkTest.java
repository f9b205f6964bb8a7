package io.alphakeep.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Bar;
import io.alphakeep.market.Interval;
import io.alphakeep.market.Series;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server did not have to do, by its own account. */
@Tag("postgres")
class NoNeedlessWorkTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final WriteDatabase WRITES = new WriteDatabase(DATABASE);

    @BeforeAll
    static void partitions() {
        WRITES.makePartitions(2001, 2026);
    }

    /** The least of a few times: the log is the whole server's, and autovacuum of whatever ran before writes to it, too. */
    private static long walBytes(Runnable work) {
        return LongStream.generate(() -> walBytesOnce(work)).limit(3).min().orElseThrow();
    }

    private static long walBytesOnce(Runnable work) {
        String before = DATABASE.value("SELECT pg_current_wal_insert_lsn()");
        work.run();
        return Long.parseLong(
                DATABASE.value("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '" + before + "')::bigint"));
    }

    private static String touched() {
        return DATABASE.value(
                "SELECT sum(n_tup_ins) || ' ' || sum(n_tup_upd) || ' ' || sum(n_tup_del) || ' ' || sum(n_dead_tup)"
                        + " FROM pg_stat_user_tables WHERE relname LIKE 'alpha_market_data%'");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 6_000})
    void theSameRowsAgainWriteNothing(int count) {
        Series series = Series.of("IDLE" + count, "TIME_SERIES_DAILY");
        List<Bar> bars = TestBars.daily(LocalDate.of(2001, 1, 1), count);
        WRITES.write(series, bars);
        // Hint bits are set by the first reader, and with checksums that is a page image: not this writer's doing.
        DATABASE.execute("VACUUM ANALYZE alpha_market_data", "CHECKPOINT");
        WRITES.write(series, bars);
        awaitStatistics();
        String before = touched();
        long bytes = walBytes(
                () -> assertThat(WRITES.write(series, bars).unchanged()).isEqualTo(count));
        awaitStatistics();
        assertThat(touched()).isEqualTo(before);
        // A row cost 200 bytes if it were locked. The server's own record of what is running comes now and then.
        assertThat(bytes).isLessThan(count < 1_000 ? 2_000 : 10L * count);
    }

    /** The whole bar in raw_payload, and JSON whose keys the server puts in another order than the answer. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSameJsonAgainWritesNothing(boolean full) {
        Series series = Series.of("JSON" + full, "TIME_SERIES_DAILY_ADJUSTED");
        String rest = full ? null : "{\"long name\": \"x\", \"b\": 2, \"a\": 1.50}";
        List<Bar> bars = TestBars.daily(LocalDate.of(2001, 1, 1), 300).stream()
                .map(b -> new Bar(
                        b.timestamp(),
                        b.open(),
                        b.high(),
                        b.low(),
                        b.close(),
                        b.volume(),
                        b.close(),
                        null,
                        b.open(),
                        rest))
                .toList();
        WriteContext context = new WriteContext(1, WriteDatabase.NOW, full);
        assertThat(WRITES.write(series, bars, context).inserted()).isEqualTo(300);
        DATABASE.execute("VACUUM ANALYZE alpha_market_data", "CHECKPOINT");
        WRITES.write(series, bars, context);
        List<List<String>> before = WRITES.versions(series);
        long bytes = walBytes(() ->
                assertThat(WRITES.write(series, bars, context).unchanged()).isEqualTo(300));
        assertThat(WRITES.versions(series)).isEqualTo(before);
        assertThat(bytes).isLessThan(3_000);
    }

    /** Sessions hand in their counts when they end; the server's own wait for it is the only one there is. */
    private static void awaitStatistics() {
        DATABASE.query("SELECT pg_stat_force_next_flush(), pg_stat_clear_snapshot()");
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!DATABASE.value(
                                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'")
                        .equals("0")
                && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    @Test
    void theNewestBarsOfASeriesComeFromTheKeyAlone() {
        for (String ticker : List.of("PLAN1", "PLAN2")) {
            WRITES.write(Series.of(ticker, "TIME_SERIES_DAILY"), TestBars.daily(LocalDate.of(2010, 1, 1), 5_900));
            WRITES.write(
                    Series.of(ticker, "TIME_SERIES_INTRADAY", Interval.ONE_MINUTE),
                    TestBars.every(Instant.parse("2026-02-01T00:00:00Z"), Duration.ofMinutes(1), 20_000));
        }
        DATABASE.execute("VACUUM ANALYZE alpha_market_data");
        String plan = DATABASE
                .query(
                        "EXPLAIN (ANALYZE, BUFFERS) SELECT \"timestamp\", open_price, high_price, low_price, close_price, volume"
                                + " FROM alpha_market_data WHERE ticker = 'PLAN1' AND endpoint = 'TIME_SERIES_DAILY' AND \"timestamp\" > '2025-10-01Z'"
                                + " ORDER BY \"timestamp\" DESC LIMIT 100")
                .stream()
                .map(row -> row.get(0))
                .collect(Collectors.joining("\n"));
        assertThat(plan)
                .contains("Index Only Scan Backward using")
                .doesNotContain("Seq Scan")
                .doesNotContain("Sort");
    }
}
