package io.alphakeep.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What must hold for every sequence of asks. */
class AllowanceProperties {

    /** An hour before a midnight in UTC, in a week whose Sunday has 25 hours in US Eastern. */
    private static final Instant START = Instant.parse("2024-11-01T23:00:00Z");

    /** What passes from a reservation to the arrival: 200 ms that a permit is valid, 50 for the way. */
    private static final long WAY_NANOS = 250_000_000;

    /**
     * Blocks of any size; each of their permits is sent within the time it is valid and arrives by what the way may add, or is
     * given back to its day with the next ask.
     */
    @Property(tries = 400)
    void noSlidingWindowAndNoDaySeesMoreThanAllowed(
            @ForAll @IntRange(max = 30) int perSecond,
            @ForAll @IntRange(max = 60) int perMinute,
            @ForAll @IntRange(max = 60) int perDay,
            @ForAll("days") AllowanceDay day,
            @ForAll("gaps") List<Long> gaps,
            @ForAll Random random) {
        Limits limits = new Limits(perSecond, perMinute, perDay, day);
        List<Instant> arrived = new ArrayList<>();
        List<Instant> unsent = new ArrayList<>();
        State state = State.fresh(START);
        Instant now = START;
        for (long gap : gaps) {
            now = now.plusMillis(gap);
            int wanted = 1 + random.nextInt(8);
            Allowance.Decision decision = Allowance.decide(state, limits, wanted, unsent, now);
            unsent.clear();
            state = decision.state();
            assertThat(state.recent()).hasSizeLessThanOrEqualTo(172);
            if (decision instanceof Allowance.Granted granted) {
                assertThat(granted.permits()).isBetween(1, wanted);
                for (int i = 0; i < granted.permits(); i++) {
                    if (random.nextInt(4) == 0) {
                        unsent.add(now);
                    } else {
                        arrived.add(now.plusNanos(random.nextLong(WAY_NANOS)));
                    }
                }
            }
        }
        Collections.sort(arrived);
        assertWindow(arrived, perSecond, Duration.ofSeconds(1));
        assertWindow(arrived, perMinute, Duration.ofMinutes(1));
        day.boundaries().forEach(boundary -> assertDays(arrived, perDay, boundary));
    }

    @Property(tries = 400)
    void whoAsksAgainAtTheToldInstantAndIsAloneIsGranted(
            @ForAll @IntRange(max = 6) int perSecond,
            @ForAll @IntRange(max = 30) int perMinute,
            @ForAll @IntRange(max = 60) int perDay,
            @ForAll("gaps") List<Long> gaps,
            @ForAll @LongRange(max = 90_000) long pauseMillis) {
        Limits limits = new Limits(perSecond, perMinute, perDay);
        State state = State.fresh(START);
        Instant now = START;
        for (int i = 0; i < gaps.size(); i++) {
            now = now.plusMillis(gaps.get(i));
            if (i == gaps.size() / 2) {
                state = state.at(now, limits.day()).paused(now.plusMillis(pauseMillis));
            }
            Allowance.Decision decision = decide(state, limits, now);
            Instant until = until(decision, now);
            assertThat(until).isAfterOrEqualTo(now);
            now = until;
            decision = decide(decision instanceof Allowance.Granted ? state : decision.state(), limits, now);
            assertThat(decision).isInstanceOf(Allowance.Granted.class);
            state = decision.state();
        }
    }

    /** Mostly a rush, at times a minute or half a day without an ask. */
    @Provide
    Arbitrary<List<Long>> gaps() {
        return Arbitraries.frequencyOf(
                        Tuple.of(12, Arbitraries.longs().between(0, 400)),
                        Tuple.of(4, Arbitraries.longs().between(900, 1_400)),
                        Tuple.of(2, Arbitraries.longs().between(30_000, 61_000)),
                        Tuple.of(1, Arbitraries.longs().between(0, 43_200_000)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(250);
    }

    @Provide
    Arbitrary<AllowanceDay> days() {
        return Arbitraries.of("strict", "utc", "eastern", "00:45", "23:30").map(AllowanceDay::of);
    }

    private static Allowance.Decision decide(State state, Limits limits, Instant now) {
        return Allowance.decide(state, limits, 1, List.of(), now);
    }

    private static Instant until(Allowance.Decision decision, Instant now) {
        if (decision instanceof Allowance.Wait wait) {
            return wait.until();
        }
        return decision instanceof Allowance.DaySpent spent ? spent.until() : now;
    }

    private static void assertWindow(List<Instant> arrived, int limit, Duration window) {
        for (int i = limit; limit > 0 && i < arrived.size(); i++) {
            assertThat(Duration.between(arrived.get(i - limit), arrived.get(i))).isGreaterThan(window);
        }
    }

    private static void assertDays(List<Instant> arrived, int limit, Boundary boundary) {
        Map<LocalDate, Long> byDay =
                arrived.stream().collect(Collectors.groupingBy(boundary::dayOf, Collectors.counting()));
        assertThat(byDay.values()).allMatch(n -> limit == 0 || n <= limit);
    }
}
