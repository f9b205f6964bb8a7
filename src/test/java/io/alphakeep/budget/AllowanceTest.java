package io.alphakeep.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private static final Instant NOON = Instant.parse("2024-07-01T12:00:00Z");
    private static final Limits FREE = new Limits(1, 0, 25);

    private static Allowance.Decision decide(State state, Limits limits, Instant now) {
        return Allowance.decide(state, limits, 1, List.of(), now);
    }

    private static Limits one(String day) {
        return new Limits(0, 0, 1, AllowanceDay.of(day));
    }

    @Test
    void aSecondIsAQuarterLongerThanTheProviders() {
        State state = decide(State.fresh(NOON), FREE, NOON).state();
        assertThat(decide(state, FREE, NOON.plusMillis(1_249)))
                .isEqualTo(new Allowance.Wait(state, NOON.plusMillis(1_250), Reservation.Reason.SECOND));
        assertThat(decide(state, FREE, NOON.plusMillis(1_250))).isInstanceOf(Allowance.Granted.class);
    }

    @Test
    void aMinuteIsAQuarterOfASecondLongerThanTheProviders() {
        Limits limits = new Limits(0, 2, 0);
        State state = decide(State.fresh(NOON), limits, NOON).state();
        state = decide(state, limits, NOON.plusSeconds(59)).state();
        assertThat(decide(state, limits, NOON.plusSeconds(60)))
                .isEqualTo(new Allowance.Wait(state, NOON.plusMillis(60_250), Reservation.Reason.MINUTE));
    }

    @Test
    void theDayOfBothZonesMustHaveRoom() {
        Limits limits = new Limits(0, 0, 1);
        // 23:30 in UTC is 19:30 in New York: half an hour later only the day of UTC is new.
        Instant evening = Instant.parse("2024-07-01T23:30:00Z");
        State state = decide(State.fresh(evening), limits, evening).state();
        Instant easternMidnight = Instant.parse("2024-07-02T04:00:00Z");
        assertThat(decide(state, limits, Instant.parse("2024-07-02T00:30:00Z")))
                .isInstanceOfSatisfying(
                        Allowance.DaySpent.class, d -> assertThat(d.until()).isEqualTo(easternMidnight));
        assertThat(decide(state, limits, easternMidnight)).isInstanceOf(Allowance.Granted.class);
    }

    @Test
    void theDayThatTheProviderClosedEndsAtTheLaterMidnight() {
        State closed = State.fresh(NOON).dayClosed(AllowanceDay.STRICT.endOf(NOON));
        Instant until = Instant.parse("2024-07-02T04:00:00Z");
        assertThat(decide(closed, new Limits(0, 0, 0), NOON.plusSeconds(1)))
                .isEqualTo(new Allowance.DaySpent(closed, until));
        assertThat(decide(closed, new Limits(0, 0, 0), until)).isInstanceOf(Allowance.Granted.class);
        // 22:00 in New York: the next midnight is there, UTC's is a day away and is the later one.
        Instant night = Instant.parse("2024-07-02T02:00:00Z");
        assertThat(AllowanceDay.STRICT.endOf(night)).isEqualTo(Instant.parse("2024-07-03T00:00:00Z"));
    }

    @Test
    void aPauseHoldsEverybodyAndAShorterOneDoesNotEndIt() {
        Instant end = NOON.plusSeconds(60);
        State paused = State.fresh(NOON).paused(end).paused(NOON.plusSeconds(2));
        assertThat(decide(paused, FREE, NOON.plusSeconds(3)))
                .isEqualTo(new Allowance.Wait(paused, end, Reservation.Reason.PAUSE));
        assertThat(decide(paused, FREE, end)).isInstanceOf(Allowance.Granted.class);
    }

    @Test
    void withoutLimitsTheDayIsCountedAndNothingElseKept() {
        Limits none = new Limits(0, 0, 0);
        State state = decide(State.fresh(NOON), none, NOON).state();
        state = decide(state, none, NOON).state();
        assertThat(state.recent()).isEmpty();
        assertThat(state.utc().used()).isEqualTo(2);
        assertThat(state.eastern().used()).isEqualTo(2);
    }

    @Test
    void aClockSetBackNeitherOverspendsNorBlocksForLong() {
        Instant wrong = NOON.plus(Duration.ofDays(400));
        State state = decide(State.fresh(wrong), FREE, wrong)
                .state()
                .paused(wrong.plusSeconds(9))
                .dayClosed(AllowanceDay.STRICT.endOf(wrong));
        Allowance.Decision first = decide(state, FREE, NOON);
        assertThat(first).isInstanceOfSatisfying(Allowance.DaySpent.class, d -> {
            assertThat(d.until()).isEqualTo(Instant.parse("2024-07-02T04:00:00Z"));
            assertThat(decide(d.state(), FREE, d.until())).isInstanceOf(Allowance.Granted.class);
        });
        // Set back by seconds across midnight, the day that had begun goes on.
        Instant after = Instant.parse("2024-07-02T00:00:01Z");
        Limits one = new Limits(0, 0, 1);
        State spent = decide(State.fresh(after), one, after).state();
        assertThat(decide(spent, one, after.minusSeconds(3))).isInstanceOf(Allowance.DaySpent.class);
    }

    @Test
    void theDayThatIsSetIsTheOneThatCounts() {
        Instant evening = Instant.parse("2024-07-01T23:30:00Z");
        State spent = decide(State.fresh(evening), one("utc"), evening).state();
        assertThat(until(spent, one("utc"), evening)).isEqualTo(Instant.parse("2024-07-02T00:00:00Z"));
        assertThat(until(spent, one("eastern"), evening)).isEqualTo(Instant.parse("2024-07-02T04:00:00Z"));
        assertThat(until(spent, one("strict"), evening)).isEqualTo(Instant.parse("2024-07-02T04:00:00Z"));
        // Not counted so far: nothing tells that the request was not of this day.
        assertThat(until(spent, one("23:45"), evening)).isEqualTo(Instant.parse("2024-07-01T23:45:00Z"));
        assertThat(until(spent, one("00:30"), evening)).isEqualTo(Instant.parse("2024-07-02T00:30:00Z"));
        State counted = decide(State.fresh(evening), one("23:45"), evening).state();
        State next = decide(counted, one("23:45"), Instant.parse("2024-07-01T23:45:00Z"))
                .state();
        assertThat(next.custom().used()).isEqualTo(1);
        assertThat(next.utc().used()).isEqualTo(2);
    }

    @Test
    void whatWasNeverSentGoesBackToItsDayAndStaysInTheWindows() {
        Limits limits = new Limits(2, 0, 2);
        State state = decide(State.fresh(NOON), limits, NOON).state();
        state = decide(state, limits, NOON.plusMillis(1)).state();
        Instant later = NOON.plusSeconds(9);
        assertThat(decide(state, limits, later)).isInstanceOf(Allowance.DaySpent.class);
        assertThat(Allowance.decide(state, limits, 1, List.of(NOON), later)).isInstanceOf(Allowance.Granted.class);
        assertThat(Allowance.decide(state, limits, 1, List.of(NOON), NOON.plusMillis(2)))
                .isInstanceOf(Allowance.Wait.class);
        // A permit of yesterday is none of today's.
        Instant tomorrow = NOON.plus(Duration.ofDays(1));
        State full = Allowance.decide(state, limits, 2, List.of(), tomorrow).state();
        assertThat(Allowance.decide(full, limits, 1, List.of(NOON), tomorrow.plusSeconds(9)))
                .isInstanceOf(Allowance.DaySpent.class);
    }

    @Test
    void aBlockIsAsLargeAsTheTightestOfThemHolds() {
        assertThat(permits(new Limits(3, 0, 0), 9)).isEqualTo(3);
        assertThat(permits(new Limits(3, 2, 0), 9)).isEqualTo(2);
        assertThat(permits(new Limits(3, 0, 1), 9)).isEqualTo(1);
        assertThat(permits(new Limits(3, 0, 0), 2)).isEqualTo(2);
    }

    @Test
    void nothingIsReservedWhereTheWayWouldEndInTheNextDay() {
        Instant end = Instant.parse("2024-07-02T00:00:00Z");
        Limits limits = new Limits(0, 0, 5);
        assertThat(decide(State.fresh(NOON), limits, end.minusMillis(2_000))).isInstanceOf(Allowance.Granted.class);
        assertThat(decide(State.fresh(NOON), limits, end.minusMillis(1_999)))
                .isInstanceOfSatisfying(
                        Allowance.Wait.class, w -> assertThat(w.until()).isEqualTo(end));
    }

    @Test
    void requestsKeptTogetherHoldTheirPlaceAsLongAsTheNewestOfThem() {
        Limits two = new Limits(2, 0, 0);
        State state = decide(State.fresh(NOON), two, NOON).state();
        state = decide(state, two, NOON.plusMillis(10)).state();
        assertThat(state.recent()).hasSize(1);
        assertThat(decide(state, two, NOON.plusMillis(1_255)))
                .isEqualTo(new Allowance.Wait(state, NOON.plusMillis(1_260), Reservation.Reason.SECOND));
    }

    @Test
    void aDayBeganWhenTheYoungerOfBothDid() {
        assertThat(AllowanceDay.STRICT.begunAt(NOON)).isEqualTo(Instant.parse("2024-07-01T04:00:00Z"));
        assertThat(AllowanceDay.STRICT.begunAt(Instant.parse("2024-07-01T03:59:59Z")))
                .isEqualTo(Instant.parse("2024-07-01T00:00:00Z"));
        assertThat(AllowanceDay.of("12:00").begunAt(NOON)).isEqualTo(NOON);
    }

    private static int permits(Limits limits, int wanted) {
        return ((Allowance.Granted) Allowance.decide(State.fresh(NOON), limits, wanted, List.of(), NOON)).permits();
    }

    private static Instant until(State state, Limits limits, Instant now) {
        return ((Allowance.DaySpent) decide(state, limits, now)).until();
    }

    /** One day ahead is a clock set back across a day's end; further ahead it was a wrong clock, and does not count. */
    @Test
    void aDayFarAheadIsForgotten() {
        Instant now = Instant.parse("2026-03-10T12:00:00Z");
        assertThat(new DayCount(Boundary.UTC, LocalDate.parse("2026-03-11"), 25)
                        .at(now)
                        .used())
                .isEqualTo(25);
        assertThat(new DayCount(Boundary.UTC, LocalDate.parse("2026-03-12"), 25).at(now))
                .isEqualTo(DayCount.fresh(Boundary.UTC, now));
    }
}
