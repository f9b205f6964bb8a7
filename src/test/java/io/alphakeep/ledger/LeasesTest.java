package io.alphakeep.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.market.Series;
import io.alphakeep.market.Watermark;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
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
                            .filter(s -> leases.lease(s, run, TIME, null))
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
        assertThat(leases.lease(series, 1, TIME, null)).isTrue();
        assertThat(leases.lease(series, 2, TIME, null)).isFalse();
        assertThat(leases.lease(series, 1, TIME, null)).isFalse();
        expire(series);
        assertThat(leases.lease(series, 2, TIME, null)).isTrue();
        assertThat(leases.renew(series, 1, TIME)).isFalse();
        leases.release(series, 1);
        assertThat(leases.renew(series, 2, TIME)).isTrue();
    }

    @Test
    void renewingMakesTheLeaseLastAlsoAfterItExpired() {
        Series series = Series.of("RENEWED", "TIME_SERIES_DAILY");
        leases.lease(series, 1, TIME, null);
        expire(series);
        assertThat(leases.renew(series, 1, TIME)).isTrue();
        assertThat(leases.lease(series, 2, TIME, null)).isFalse();
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
        assertThat(leases.lease(one, 1002, TIME, null)).isTrue();
        leases.releaseAll(1001);
        assertThat(leases.lease(two, 1003, TIME, null)).isTrue();
        assertThat(leases.lease(others, 1003, TIME, null)).isFalse();
    }

    @Test
    void whatWasAskedSinceThePlanWasMadeIsNotAskedAgain() {
        Series series = Series.of("ASKED", "TIME_SERIES_DAILY");
        leases.lease(series, 1, TIME, null);
        answer(1, series);
        assertThat(leases.lease(series, 2, TIME, null)).isFalse();
        assertThat(leases.lease(series, 2, TIME, AT.minusSeconds(60))).isFalse();
        Watermark seen = watermarks.load(List.of(series)).get(series);
        assertThat(seen.lastAttemptAt()).isEqualTo(AT.truncatedTo(ChronoUnit.MICROS));
        assertThat(leases.lease(series, 2, TIME, seen.lastAttemptAt())).isTrue();
        leases.release(series, 2);
        // The run that asked knows the instant to the nanosecond; the column keeps microseconds.
        assertThat(leases.lease(series, 1, TIME, AT)).isTrue();
    }

    @Test
    void aFailureCountsAsAskedToo() {
        Series series = Series.of("FAILED", "TIME_SERIES_DAILY");
        leases.lease(series, 1, TIME, null);
        DATABASE.transactions().run(c -> watermarks.failed(c, 1, series, AT));
        assertThat(leases.lease(series, 2, TIME, null)).isFalse();
        assertThat(leases.lease(series, 2, TIME, AT)).isTrue();
    }

    @Test
    void whoWasTooSlowCannotCommitAfterTheTakeover() {
        Series series = Series.of("SLOW", "TIME_SERIES_DAILY");
        leases.lease(series, 1, TIME, null);
        expire(series);
        assertThat(leases.lease(series, 2, TIME, null)).isTrue();

        assertThatThrownBy(() -> DATABASE.transactions().run(c -> {
                    watermarks.answered(c, RequestsTest.line(1, series, null, "too slow"), answer());
                    return null;
                }))
                .isInstanceOfSatisfying(
                        LeaseLostException.class, e -> assertThat(e.series()).isEqualTo(series));
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_request WHERE ticker = 'SLOW'"))
                .isEqualTo("0");
        assertThat(DATABASE.transactions().<Boolean>run(c -> watermarks.failed(c, 1, series, AT)))
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
