package io.alphakeep.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private static final Instant NOON = Instant.parse("2024-07-01T12:00:00Z");
    private static final Limits FREE = new Limits(1, 0, 25);

    @Test
    void aSecondIsAQuarterLongerThanTheProviders() {
        State state = Allowance.decide(State.fresh(NOON), FREE, NOON).state();
        assertThat(Allowance.decide(state, FREE, NOON.plusMillis(1_249)))
                .isEqualTo(new Allowance.Wait(state, NOON.plusMillis(1_250), Reservation.Reason.SECOND));
        assertThat(Allowance.decide(state, FREE, NOON.plusMillis(1_250))).isInstanceOf(Allowance.Granted.class);
    }

    @Test
    void aMinuteIsAQuarterOfASecondLongerThanTheProviders() {
        Limits limits = new Limits(0, 2, 0);
        State state = Allowance.decide(State.fresh(NOON), limits, NOON).state();
        state = Allowance.decide(state, limits, NOON.plusSeconds(59)).state();
        assertThat(Allowance.decide(state, limits, NOON.plusSeconds(60)))
                .isEqualTo(new Allowance.Wait(state, NOON.plusMillis(60_250), Reservation.Reason.MINUTE));
    }

    @Test
    void theDayOfBothZonesMustHaveRoom() {
        Limits limits = new Limits(0, 0, 1);
        // 23:30 in UTC is 19:30 in New York: half an hour later only the day of UTC is new.
        Instant evening = Instant.parse("2024-07-01T23:30:00Z");
        State state = Allowance.decide(State.fresh(evening), limits, evening).state();
        Instant easternMidnight = Instant.parse("2024-07-02T04:00:00Z");
        assertThat(Allowance.decide(state, limits, Instant.parse("2024-07-02T00:30:00Z")))
                .isInstanceOfSatisfying(
                        Allowance.DaySpent.class, d -> assertThat(d.until()).isEqualTo(easternMidnight));
        assertThat(Allowance.decide(state, limits, easternMidnight)).isInstanceOf(Allowance.Granted.class);
    }

    @Test
    void theDayThatTheProviderClosedEndsAtTheLaterMidnight() {
        State closed = State.fresh(NOON).dayClosed(NOON);
        Instant until = Instant.parse("2024-07-02T04:00:00Z");
        assertThat(Allowance.decide(closed, new Limits(0, 0, 0), NOON.plusSeconds(1)))
                .isEqualTo(new Allowance.DaySpent(closed, until));
        assertThat(Allowance.decide(closed, new Limits(0, 0, 0), until)).isInstanceOf(Allowance.Granted.class);
        // 22:00 in New York: the next midnight is there, UTC's is a day away and is the later one.
        Instant night = Instant.parse("2024-07-02T02:00:00Z");
        assertThat(State.laterMidnight(night)).isEqualTo(Instant.parse("2024-07-03T00:00:00Z"));
    }

    @Test
    void aPauseHoldsEverybodyAndAShorterOneDoesNotEndIt() {
        Instant end = NOON.plusSeconds(60);
        State paused = State.fresh(NOON).paused(end).paused(NOON.plusSeconds(2));
        assertThat(Allowance.decide(paused, FREE, NOON.plusSeconds(3)))
                .isEqualTo(new Allowance.Wait(paused, end, Reservation.Reason.PAUSE));
        assertThat(Allowance.decide(paused, FREE, end)).isInstanceOf(Allowance.Granted.class);
    }

    @Test
    void withoutLimitsTheDayIsCountedAndNothingElseKept() {
        Limits none = new Limits(0, 0, 0);
        State state = Allowance.decide(State.fresh(NOON), none, NOON).state();
        state = Allowance.decide(state, none, NOON).state();
        assertThat(state.recent()).isEmpty();
        assertThat(state.utcUsed()).isEqualTo(2);
        assertThat(state.easternUsed()).isEqualTo(2);
    }

    @Test
    void aClockSetBackNeitherOverspendsNorBlocksForLong() {
        Instant wrong = NOON.plus(Duration.ofDays(400));
        State state = Allowance.decide(State.fresh(wrong), FREE, wrong)
                .state()
                .paused(wrong.plusSeconds(9))
                .dayClosed(wrong);
        Allowance.Decision first = Allowance.decide(state, FREE, NOON);
        assertThat(first).isInstanceOfSatisfying(Allowance.DaySpent.class, d -> {
            assertThat(d.until()).isEqualTo(Instant.parse("2024-07-02T04:00:00Z"));
            assertThat(Allowance.decide(d.state(), FREE, d.until())).isInstanceOf(Allowance.Granted.class);
        });
        // Set back by seconds across midnight, the day that had begun goes on.
        Instant after = Instant.parse("2024-07-02T00:00:01Z");
        Limits one = new Limits(0, 0, 1);
        State spent = Allowance.decide(State.fresh(after), one, after).state();
        assertThat(Allowance.decide(spent, one, after.minusSeconds(3))).isInstanceOf(Allowance.DaySpent.class);
    }
}
