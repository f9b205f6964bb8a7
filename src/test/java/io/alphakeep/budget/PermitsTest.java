package io.alphakeep.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class PermitsTest {

    private static final String WAITED = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
              AND clock_timestamp() - query_start > interval '300 milliseconds'
            """;

    private static final Limits DAY = new Limits(0, 0, 10);
    private static final long MILLISECOND = 1_000_000;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Budget budget = new Budget(DATABASE.transactions());
    private final AtomicLong nanos = new AtomicLong();

    private Permits permits(String key, Limits limits) {
        return new Permits(budget, key, limits, nanos::get);
    }

    private int used(String key) {
        return budget.usage(key, DAY).usedToday();
    }

    @Test
    void aPermitIsUsedOnceAndNotAfterTwoHundredMilliseconds() throws Exception {
        try (Permits permits = permits("age", DAY)) {
            Permit fresh = permits.acquire().permit();
            nanos.addAndGet(200 * MILLISECOND);
            assertThat(fresh.use()).isTrue();
            assertThat(fresh.use()).isFalse();
            Permit old = permits.acquire().permit();
            nanos.addAndGet(201 * MILLISECOND);
            assertThat(old.use()).isFalse();
            permits.release(old);
            permits.acquire();
            assertThat(used("age")).isEqualTo(2);
        }
    }

    @Test
    void itsAgeCountsFromBeforeTheReservationWasAskedFor() throws Exception {
        try (Permits permits = new Permits(budget, "way", DAY, () -> nanos.addAndGet(150 * MILLISECOND))) {
            assertThat(permits.acquire().permit().use()).isFalse();
        }
    }

    @Test
    void withoutAnyLimitItDoesNotAge() throws Exception {
        try (Permits permits = permits("none", new Limits(0, 0, 0))) {
            Permit permit = permits.acquire().permit();
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            assertThat(permit.use()).isTrue();
        }
    }

    @Test
    void atTheCloseWhatWasNotSentGoesBackToTheDayAndCannotBeSentAnyMore() throws Exception {
        Permits permits = permits("close", DAY);
        Permit sent = permits.acquire().permit();
        Permit unsent = permits.acquire().permit();
        assertThat(sent.use()).isTrue();
        permits.release(sent);
        permits.release(unsent);
        assertThat(used("close")).isEqualTo(2);
        permits.close();
        assertThat(used("close")).isEqualTo(1);
        assertThat(unsent.use()).isFalse();
    }

    @Test
    void whoAsksWhileAReservationIsUnderWayShareTheNextBlock() throws Exception {
        Limits limits = new Limits(20, 1_200, 0);
        budget.reserve("shared", limits);
        // This process's time stands still but for what the test says that the wait took.
        AtomicLong nanos = new AtomicLong();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (Permits permits = new Permits(budget, "shared", limits, nanos::get);
                Connection holder = DATABASE.dataSource().getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT FROM alpha_budget WHERE fingerprint = 'shared' FOR UPDATE");
            List<Future<Permits.Turn>> asked = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                asked.add(pool.submit(permits::acquire));
            }
            Await.until("one reserves, three wait", Duration.ofSeconds(20), () -> permits.waiting() == 3);
            Await.until(
                    "the row was waited for as long",
                    Duration.ofSeconds(20),
                    () -> DATABASE.value(WAITED).equals("1"));
            nanos.addAndGet(Duration.ofMillis(300).toNanos());
            holder.rollback();
            List<Instant> instants = new ArrayList<>();
            for (Future<Permits.Turn> turn : asked) {
                Permit permit = turn.get().permit();
                // The wait for the row is not its age.
                assertThat(permit.isFresh()).isTrue();
                instants.add(permit.at());
            }
            assertThat(instants.stream().distinct()).hasSize(2);
        } finally {
            pool.shutdownNow();
        }
        assertThat(budget.usage("shared", limits).usedToday()).isEqualTo(5);
    }
}
