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
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
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

    private final AtomicLong nanos = new AtomicLong();
    private final Budget budget = new Budget(DATABASE.transactions(), nanos::get);

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

    /** Looking takes one way there and back, reserving the next: only that one is the permit's age. */
    @Test
    void itsAgeCountsFromTheStatementThatReserves() throws Exception {
        assertThat(usableAfterWaysOf(200)).isTrue();
        assertThat(usableAfterWaysOf(201)).isFalse();
    }

    private boolean usableAfterWaysOf(int milliseconds) throws InterruptedException {
        // Asked for first, then when it is decided, then when the permit is used.
        LongSupplier clock = () -> nanos.addAndGet(milliseconds * MILLISECOND);
        try (Permits permits = new Permits(new Budget(DATABASE.transactions(), clock), "way", DAY, clock)) {
            return permits.acquire().permit().use();
        }
    }

    /** It counts on the day of the first statement; nothing is asked in a day's last two seconds. */
    @Test
    void itIsNotUsedSoLateThatItsDayCouldBeOver() throws Exception {
        assertThat(usableAfterLooking(1_900, 40)).isTrue();
        assertThat(usableAfterLooking(1_900, 100)).isFalse();
    }

    private boolean usableAfterLooking(int milliseconds, int age) throws InterruptedException {
        LongSupplier decided = () -> nanos.addAndGet(milliseconds * MILLISECOND);
        try (Permits permits = new Permits(new Budget(DATABASE.transactions(), decided), "late", DAY, nanos::get)) {
            Permit permit = permits.acquire().permit();
            nanos.addAndGet(age * MILLISECOND);
            return permit.use();
        }
    }

    @Test
    void itsPlaceInTheWindowsIsLaterThanTheDecision() throws Exception {
        List<String> decided = new ArrayList<>();
        LongSupplier clock = () -> {
            decided.add(DATABASE.value("SELECT clock_timestamp()"));
            return 0;
        };
        Reservation granted = new Budget(DATABASE.transactions(), clock).reserve("place", new Limits(5, 0, 0));
        assertThat(granted)
                .isInstanceOfSatisfying(
                        Reservation.Granted.class,
                        g -> assertThat(DATABASE.value("SELECT recent[1] > '" + decided.get(0) + "' AND '" + g.at()
                                        + "' < '" + decided.get(0)
                                        + "'::timestamptz FROM alpha_budget WHERE fingerprint = 'place'"))
                                .isEqualTo("t"));
    }

    @Test
    void whoFindsTheDaySpentUsesAPermitThatComesBackUnsent() throws Exception {
        Limits one = new Limits(0, 0, 1);
        try (Permits permits = permits("last", one)) {
            Permit first = permits.acquire().permit();
            FutureTask<Permits.Turn> second = new FutureTask<>(permits::acquire);
            Thread asker = new Thread(second);
            asker.start();
            Await.until(
                    "it waits for the one that is out",
                    Duration.ofSeconds(20),
                    () -> asker.getState() == Thread.State.WAITING);
            nanos.addAndGet(201 * MILLISECOND);
            assertThat(first.use()).isFalse();
            permits.release(first);
            Permit last = second.get().permit();
            assertThat(last.use()).isTrue();
            permits.release(last);
            assertThat(permits.acquire().refused()).isInstanceOf(Reservation.DaySpent.class);
        }
        assertThat(budget.usage("last", one).usedToday()).isEqualTo(1);
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
