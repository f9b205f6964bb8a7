package io.alphakeep.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class BudgetTest {

    private static final Limits UNLIMITED = new Limits(0, 0, 0);

    private static final String CLOCK =
            "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Budget budget = new Budget(DATABASE.transactions());

    @Test
    void threadsThatNeverWaitGetNoMoreThanTheSecondAndTheDayAllow() throws Exception {
        Limits limits = new Limits(5, 0, 17);
        List<Instant> granted = inThreads(8, () -> {
            List<Instant> mine = new ArrayList<>();
            Reservation reservation = budget.reserve("rush", limits);
            while (!(reservation instanceof Reservation.DaySpent)) {
                if (reservation instanceof Reservation.Granted g) {
                    mine.add(g.at());
                }
                reservation = budget.reserve("rush", limits);
            }
            return mine;
        });
        assertThat(granted).hasSize(17);
        List<Instant> sorted = granted.stream().sorted().toList();
        for (int i = 5; i < sorted.size(); i++) {
            assertThat(Duration.between(sorted.get(i - 5), sorted.get(i))).isGreaterThan(Duration.ofSeconds(1));
        }
        assertThat(DATABASE.value("SELECT utc_used FROM alpha_budget WHERE fingerprint = 'rush'"))
                .isEqualTo("17");
    }

    @Test
    void theGrantedInstantIsOfWhenTheRowWasFreeNotOfWhenItWasAskedFor() throws Exception {
        budget.reserve("held", UNLIMITED);
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (Connection holder = DATABASE.dataSource().getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT FROM alpha_budget WHERE fingerprint = 'held' FOR UPDATE");
            Future<Reservation> asked = pool.submit(() -> budget.reserve("held", UNLIMITED));
            while (DATABASE.value(WAITING).equals("0")) {
                Thread.onSpinWait();
            }
            Instant freed = Instant.parse(DATABASE.value(CLOCK));
            holder.rollback();
            assertThat(asked.get())
                    .isInstanceOfSatisfying(
                            Reservation.Granted.class, g -> assertThat(g.at()).isAfter(freed));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void twoKeysDoNotShare() {
        Limits one = new Limits(0, 0, 1);
        assertThat(budget.reserve("mine", one)).isInstanceOf(Reservation.Granted.class);
        assertThat(budget.reserve("yours", one)).isInstanceOf(Reservation.Granted.class);
        assertThat(budget.reserve("mine", one)).isInstanceOf(Reservation.DaySpent.class);
    }

    @Test
    void whoMustWaitIsToldHowLongAndReservesNothing() {
        Limits limits = new Limits(0, 1, 0);
        budget.reserve("wait", limits);
        assertThat(budget.reserve("wait", limits)).isInstanceOfSatisfying(Reservation.Wait.class, w -> {
            assertThat(w.reason()).isEqualTo(Reservation.Reason.MINUTE);
            assertThat(w.in()).isBetween(Duration.ofSeconds(30), Duration.ofMillis(60_250));
        });
        assertThat(budget.usage("wait", limits).usedToday()).isEqualTo(1);
        DATABASE.execute(
                "UPDATE alpha_budget SET recent = ARRAY[recent[1] - interval '61 s'] WHERE fingerprint = 'wait'");
        assertThat(budget.reserve("wait", limits)).isInstanceOf(Reservation.Granted.class);
        assertThat(DATABASE.value("SELECT cardinality(recent) FROM alpha_budget WHERE fingerprint = 'wait'"))
                .isEqualTo("1");
    }

    @Test
    void aPauseLastsForAnHourAtMost() {
        budget.pause("long", UNLIMITED, Duration.ofHours(3));
        assertThat(DATABASE.value("SELECT paused_until - updated_at FROM alpha_budget WHERE fingerprint = 'long'"))
                .isEqualTo("01:00:00");
    }

    @Test
    void aPauseHoldsEveryAskerAndSpreadsTheirReturn() {
        budget.pause("paused", UNLIMITED, Duration.ofSeconds(60));
        budget.pause("paused", UNLIMITED, Duration.ofSeconds(1));
        List<Instant> returns = new ArrayList<>();
        Instant end = Instant.EPOCH;
        for (int i = 0; i < 20; i++) {
            // Each as a process of its own would be: what one of them was told holds all.
            Reservation.Wait wait = (Reservation.Wait) new Budget(DATABASE.transactions()).reserve("paused", UNLIMITED);
            assertThat(wait.reason()).isEqualTo(Reservation.Reason.PAUSE);
            returns.add(wait.until());
            end = budget.usage("paused", UNLIMITED).pausedUntil().orElseThrow();
        }
        Instant earliest = end.minusMillis(1);
        Instant latest = end.plusSeconds(7);
        assertThat(returns).allMatch(i -> i.isAfter(earliest) && i.isBefore(latest));
        assertThat(Duration.between(
                        returns.stream().min(Instant::compareTo).orElseThrow(),
                        returns.stream().max(Instant::compareTo).orElseThrow()))
                .isGreaterThan(Duration.ofMillis(500));
        assertThatThrownBy(() -> budget.pause("paused", UNLIMITED, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aQuotaAnswerClosesTheDayForEveryCopyWhateverWasCounted() {
        budget.closeDay("closed", new Limits(0, 0, 25), Instant.now());
        assertThat(new Budget(DATABASE.transactions()).reserve("closed", new Limits(0, 0, 25)))
                .isInstanceOfSatisfying(
                        Reservation.DaySpent.class, d -> assertThat(d.in()).isPositive());
        Usage usage = budget.usage("closed", new Limits(0, 0, 25));
        assertThat(usage.dayLeft()).hasValue(0);
        assertThat(usage.dayClosedUntil()).isPresent();
        assertThat(usage.usedToday()).isZero();
        DATABASE.execute("UPDATE alpha_budget SET day_closed_until = clock_timestamp() WHERE fingerprint = 'closed'");
        assertThat(budget.reserve("closed", new Limits(0, 0, 25))).isInstanceOf(Reservation.Granted.class);
    }

    @Test
    void whatIsSaidOfADayThatIsOverClosesNone() {
        budget.closeDay("over", new Limits(0, 0, 25), Instant.now().minus(Duration.ofDays(2)));
        assertThat(budget.reserve("over", new Limits(0, 0, 25))).isInstanceOf(Reservation.Granted.class);
    }

    @Test
    void whatArrivedLateHoldsItsPlaceFromThenOn() {
        Limits limits = new Limits(1, 0, 0);
        Reservation.Granted granted = (Reservation.Granted) budget.reserve("late", limits);
        DATABASE.execute(
                "UPDATE alpha_budget SET recent = ARRAY[recent[1] - interval '1200 ms'] WHERE fingerprint = 'late'");
        budget.arrived("late", limits, granted.at().minusMillis(1200));
        assertThat(budget.reserve("late", limits))
                .isInstanceOfSatisfying(
                        Reservation.Wait.class, w -> assertThat(w.in()).isGreaterThan(Duration.ofMillis(500)));
        assertThat(DATABASE.value("SELECT recent_count::text || utc_used FROM alpha_budget WHERE fingerprint = 'late'"))
                .isEqualTo("{1}1");
    }

    @Test
    void whatArrivesAfterMidnightCountsOnTheNewDayToo() {
        Instant now = Instant.parse("2026-11-20T00:00:00.300Z");
        State before = State.fresh(now.minusMillis(600));
        State after = before.plus(1, now.minusMillis(600), new Limits(0, 0, 25))
                .at(now, AllowanceDay.UTC)
                .arrived(now.minusMillis(600), now, new Limits(0, 0, 25));
        assertThat(after.utc().used()).isEqualTo(1);
        assertThat(after.eastern().used()).isEqualTo(1);
    }

    @Test
    void withoutLimitsTheDayIsStillCounted() {
        budget.reserve("free of limits", UNLIMITED);
        budget.reserve("free of limits", UNLIMITED);
        assertThat(budget.usage("free of limits", UNLIMITED).usedToday()).isEqualTo(2);
        assertThat(DATABASE.value("SELECT recent FROM alpha_budget WHERE fingerprint = 'free of limits'"))
                .isEqualTo("{}");
    }

    @Test
    void withoutLimitsANewDayIsCountedFromItsBeginningAndAClockSetBackForgetsNothing() {
        String days = "SELECT utc_used || ' ' || eastern_used FROM alpha_budget WHERE fingerprint = 'days'";
        budget.reserve("days", UNLIMITED);
        DATABASE.execute("UPDATE alpha_budget SET utc_used = 7, eastern_used = 7 WHERE fingerprint = 'days'");
        budget.reserve("days", UNLIMITED);
        assertThat(DATABASE.value(days)).isEqualTo("8 8");
        DATABASE.execute("UPDATE alpha_budget SET utc_day = utc_day + 1, eastern_day = eastern_day - 1"
                + " WHERE fingerprint = 'days'");
        budget.reserve("days", UNLIMITED);
        assertThat(DATABASE.value(days)).isEqualTo("9 1");
        DATABASE.execute("UPDATE alpha_budget SET utc_day = utc_day + 1, paused_until = clock_timestamp()"
                + " WHERE fingerprint = 'days'");
        budget.reserve("days", UNLIMITED);
        assertThat(DATABASE.value(days)).isEqualTo("1 2");
        assertThat(DATABASE.value("SELECT utc_day = (clock_timestamp() AT TIME ZONE 'UTC')::date FROM alpha_budget"
                        + " WHERE fingerprint = 'days'"))
                .isEqualTo("t");
    }

    @Test
    void anotherBoundaryOfTheDayIsCountedOnceItIsSetAndByWhoeverDoesNotKnowIt() {
        Limits shifted = new Limits(0, 0, 0, AllowanceDay.of("05:30"));
        String custom = "SELECT custom_minute || ' ' || custom_used || ' ' || utc_used FROM alpha_budget"
                + " WHERE fingerprint = 'shifted'";
        budget.reserve("shifted", UNLIMITED);
        assertThat(DATABASE.value(custom)).isNull();
        budget.reserve("shifted", shifted, 3, List.of());
        assertThat(DATABASE.value(custom)).isEqualTo("330 4 4");
        budget.reserve("shifted", shifted, 2, List.of());
        budget.reserve("shifted", UNLIMITED);
        assertThat(DATABASE.value(custom)).isEqualTo("330 7 7");
        DATABASE.execute("UPDATE alpha_budget SET custom_day = custom_day - 1 WHERE fingerprint = 'shifted'");
        budget.reserve("shifted", shifted);
        assertThat(DATABASE.value(custom)).isEqualTo("330 1 8");
        Usage usage = budget.usage("shifted", shifted);
        assertThat(usage.usedToday()).isEqualTo(1);
        assertThat(usage.dayEnds().toString()).endsWith("T05:30:00Z");
    }

    @Test
    void aLineOfBeforeBlocksIsReadAsSingleRequests() {
        budget.reserve("old", new Limits(0, 3, 0), 2, List.of());
        DATABASE.execute("UPDATE alpha_budget SET recent = array_fill(recent[1], ARRAY[2]), recent_count = '{}'"
                + " WHERE fingerprint = 'old'");
        assertThat(budget.usage("old", new Limits(0, 3, 0)).minuteLeft()).hasValue(1);
    }

    @Test
    void usageOfAKeyThatWasNeverUsedWritesNothing() {
        Usage usage = budget.usage("unknown", new Limits(1, 75, 25));
        assertThat(usage.usedToday()).isZero();
        assertThat(usage.perDay()).isEqualTo(25);
        assertThat(usage.secondLeft()).hasValue(1);
        assertThat(usage.minuteLeft()).hasValue(75);
        assertThat(usage.dayLeft()).hasValue(25);
        assertThat(budget.usage("unknown", UNLIMITED).dayLeft()).isEqualTo(OptionalInt.empty());
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_budget WHERE fingerprint = 'unknown'"))
                .isEqualTo("0");
    }

    private static <T> List<T> inThreads(int threads, Callable<List<T>> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<T> all = new ArrayList<>();
            List<Callable<List<T>>> same = Collections.nCopies(threads, work);
            for (Future<List<T>> future : pool.invokeAll(same)) {
                all.addAll(future.get());
            }
            return all;
        } finally {
            pool.shutdownNow();
        }
    }
}
