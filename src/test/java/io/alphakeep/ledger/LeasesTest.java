package io.alphakeep.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.market.Interval;
import io.alphakeep.market.Series;
import io.alphakeep.market.Watermark;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class LeasesTest {

    private static final Duration TIME = Duration.ofSeconds(30);
    private static final Instant AT = Instant.parse("2024-11-08T21:05:00.123456789Z");

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Leases leases = new Leases(DATABASE.transactions());
    private final Watermarks watermarks = new Watermarks(DATABASE.transactions());

    @Test
    void runsThatStartTogetherClaimEachSeriesOnce() throws Exception {
        int threads = 8;
        List<Series> all = IntStream.range(0, 40)
                .mapToObj(i -> Series.of("T" + i, "OVERVIEW"))
                .toList();
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<Series>>> claims = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                long run = 100 + i;
                Callable<List<Series>> claim = () -> {
                    start.await();
                    return all.stream()
                            .filter(s -> leases.lease(s, run, TIME, null) == Leases.Claim.OURS)
                            .toList();
                };
                claims.add(pool.submit(claim));
            }
            List<Series> claimed = new ArrayList<>();
            for (Future<List<Series>> claim : claims) {
                claimed.addAll(claim.get());
            }
            assertThat(claimed).containsExactlyInAnyOrderElementsOf(all);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aHeldSeriesIsRefusedUntilItsLeaseExpiresByTheDatabasesClock() {
        Series series = Series.of("EXPIRES", "TIME_SERIES_DAILY");
        assertThat(leases.lease(series, 1, TIME, null)).isEqualTo(Leases.Claim.OURS);
        assertThat(leases.lease(series, 2, TIME, null)).isEqualTo(Leases.Claim.HELD);
        assertThat(leases.lease(series, 1, TIME, null)).isEqualTo(Leases.Claim.HELD);
        expire(series);
        assertThat(leases.lease(series, 2, TIME, null)).isEqualTo(Leases.Claim.OURS);
        assertThat(leases.renew(series, 1, TIME)).isFalse();
        leases.release(series, 1);
        assertThat(leases.renew(series, 2, TIME)).isTrue();
    }

    /** Of a copy that was stopped in the middle of a transaction, say: whoever waits for it does nothing else meanwhile. */
    @Test
    void aRowThatSomebodysTransactionHoldsIsRefusedWithoutWaiting() throws Exception {
        Series series = Series.of("LOCKED", "TIME_SERIES_DAILY");
        leases.lease(series, 1, TIME, null);
        expire(series);
        Leases impatient = new Leases(DATABASE.transactions().withLockTimeout(Duration.ofMillis(50)));
        for (String lock : List.of(
                "SELECT FROM alpha_watermark WHERE ticker = 'LOCKED' FOR UPDATE",
                "UPDATE alpha_watermark SET lease_run = 3 WHERE ticker = 'LOCKED'")) {
            try (Connection other = DATABASE.dataSource().getConnection();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute(lock);
                assertThat(impatient.lease(series, 2, TIME, null)).isEqualTo(Leases.Claim.HELD);
                other.rollback();
            }
        }
        assertThat(impatient.lease(series, 2, TIME, null)).isEqualTo(Leases.Claim.OURS);
    }

    @Test
    void tellsWhoseLeaseHoldsForHowLong() {
        Series held = Series.of("HELD1", "TIME_SERIES_INTRADAY", Interval.FIVE_MINUTES);
        Series expired = Series.of("HELD2", "OVERVIEW");
        Series back = Series.of("HELD3", "OVERVIEW");
        List.of(held, expired, back).forEach(s -> leases.lease(s, 1, TIME, null));
        expire(expired);
        leases.release(back, 1);
        Map<Series, Leases.Lease> first = leases.held(List.of(held, expired, back, Series.of("HELD4", "OVERVIEW")));
        assertThat(first).containsOnlyKeys(held);
        assertThat(first.get(held).left()).isBetween(Duration.ofSeconds(1), TIME);
        leases.renew(held, 1, TIME);
        assertThat(leases.held(List.of(held)).get(held).until())
                .isAfter(first.get(held).until());
    }

    @Test
    void renewingMakesTheLeaseLastAlsoAfterItExpired() {
        Series series = Series.of("RENEWED", "TIME_SERIES_DAILY");
        leases.lease(series, 1, TIME, null);
        expire(series);
        assertThat(leases.renew(series, 1, TIME)).isTrue();
        assertThat(leases.lease(series, 2, TIME, null)).isEqualTo(Leases.Claim.HELD);
    }

    @Test
    void whatIsGivenBackCanBeClaimedAtOnce() {
        Series one = Series.of("BACK1", "OVERVIEW");
        Series two = Series.of("BACK2", "OVERVIEW");
        Series others = Series.of("BACK3", "OVERVIEW");
        leases.lease(one, 1001, TIME, null);
        leases.lease(two, 1001, TIME, null);
        leases.lease(others, 1002, TIME, null);
        leases.release(one, 1001);
        assertThat(leases.lease(one, 1002, TIME, null)).isEqualTo(Leases.Claim.OURS);
        leases.releaseAll(1001);
        assertThat(leases.lease(two, 1003, TIME, null)).isEqualTo(Leases.Claim.OURS);
        assertThat(leases.lease(others, 1003, TIME, null)).isEqualTo(Leases.Claim.HELD);
    }

    @Test
    void whatWasAskedSinceThePlanWasMadeIsNotAskedAgain() {
        Series series = Series.of("ASKED", "TIME_SERIES_DAILY");
        leases.lease(series, 1, TIME, null);
        answer(1, series);
        assertThat(leases.lease(series, 2, TIME, null)).isEqualTo(Leases.Claim.ASKED);
        assertThat(leases.lease(series, 2, TIME, AT.minusSeconds(60))).isEqualTo(Leases.Claim.ASKED);
        Watermark seen = watermarks.load(List.of(series)).get(series);
        assertThat(seen.lastAttemptAt()).isEqualTo(AT.truncatedTo(ChronoUnit.MICROS));
        assertThat(leases.lease(series, 2, TIME, seen.lastAttemptAt())).isEqualTo(Leases.Claim.OURS);
        leases.release(series, 2);
        // The run that asked knows the instant to the nanosecond; the column keeps microseconds.
        assertThat(leases.lease(series, 1, TIME, AT)).isEqualTo(Leases.Claim.OURS);
    }

    @Test
    void aFailureCountsAsAskedToo() {
        Series series = Series.of("FAILED", "TIME_SERIES_DAILY");
        leases.lease(series, 1, TIME, null);
        DATABASE.transactions().run(c -> watermarks.failed(c, 1, series, AT, true));
        assertThat(leases.lease(series, 2, TIME, null)).isEqualTo(Leases.Claim.ASKED);
        assertThat(leases.lease(series, 2, TIME, AT)).isEqualTo(Leases.Claim.OURS);
    }

    @Test
    void whoWasTooSlowCannotCommitAfterTheTakeover() {
        Series series = Series.of("SLOW", "TIME_SERIES_DAILY");
        leases.lease(series, 1, TIME, null);
        expire(series);
        assertThat(leases.lease(series, 2, TIME, null)).isEqualTo(Leases.Claim.OURS);

        assertThatThrownBy(() -> DATABASE.transactions().run(c -> {
                    watermarks.answered(c, RequestsTest.line(1, series, null, "too slow"), answer());
                    return null;
                }))
                .isInstanceOfSatisfying(
                        LeaseLostException.class, e -> assertThat(e.series()).isEqualTo(series));
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_request WHERE ticker = 'SLOW'"))
                .isEqualTo("0");
        assertThat(DATABASE.transactions().<Boolean>run(c -> watermarks.failed(c, 1, series, AT, true)))
                .isFalse();
        assertThat(watermarks.load(List.of(series)).get(series)).isEqualTo(Watermark.none(series));

        answer(2, series);
        assertThatThrownBy(() -> answer(1, series)).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void anExpiredLeaseThatNobodyTookOverStillCommits() {
        Series series = Series.of("LUCKY", "TIME_SERIES_DAILY");
        leases.lease(series, 1, TIME, null);
        expire(series);
        answer(1, series);
        assertThat(watermarks.load(List.of(series)).get(series).lastAttemptAt()).isNotNull();
    }

    private void answer(long run, Series series) {
        DATABASE.transactions().run(c -> {
            watermarks.answered(c, RequestsTest.line(run, series, null, null), answer());
            return null;
        });
    }

    private static Answered answer() {
        return new Answered(null, null, AT, AT, false, false, null, null);
    }

    private static void expire(Series series) {
        DATABASE.execute("UPDATE alpha_watermark SET lease_until = clock_timestamp() - interval '1 ms' WHERE ticker = '"
                + series.symbol() + "'");
    }
}
