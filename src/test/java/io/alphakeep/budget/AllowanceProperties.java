package io.alphakeep.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    @Property(tries = 400)
    void noSlidingWindowAndNoDayHoldsMoreThanAllowed(
            @ForAll @IntRange(max = 6) int perSecond,
            @ForAll @IntRange(max = 30) int perMinute,
            @ForAll @IntRange(max = 60) int perDay,
            @ForAll("gaps") List<Long> gaps) {
        Limits limits = new Limits(perSecond, perMinute, perDay);
        List<Instant> granted = grants(limits, gaps);

        assertWindow(granted, perSecond, Duration.ofSeconds(1));
        assertWindow(granted, perMinute, Duration.ofMinutes(1));
        assertDays(granted, perDay, State.UTC);
        assertDays(granted, perDay, State.EASTERN);
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
                state = state.at(now).paused(now.plusMillis(pauseMillis));
            }
            Allowance.Decision decision = Allowance.decide(state, limits, now);
            Instant until = until(decision, now);
            assertThat(until).isAfterOrEqualTo(now);
            now = until;
            decision = Allowance.decide(decision instanceof Allowance.Granted ? state : decision.state(), limits, now);
            assertThat(decision).isInstanceOf(Allowance.Granted.class);
            state = decision.state();
            assertThat(state.recent()).hasSizeLessThanOrEqualTo(limits.instantsNeeded());
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

    private static List<Instant> grants(Limits limits, List<Long> gaps) {
        List<Instant> granted = new ArrayList<>();
        State state = State.fresh(START);
        Instant now = START;
        for (long gap : gaps) {
            now = now.plusMillis(gap);
            Allowance.Decision decision = Allowance.decide(state, limits, now);
            if (decision instanceof Allowance.Granted) {
                granted.add(now);
            }
            state = decision.state();
        }
        return granted;
    }

    private static Instant until(Allowance.Decision decision, Instant now) {
        if (decision instanceof Allowance.Wait wait) {
            return wait.until();
        }
        return decision instanceof Allowance.DaySpent spent ? spent.until() : now;
    }

    private static void assertWindow(List<Instant> granted, int limit, Duration window) {
        for (int i = limit; limit > 0 && i < granted.size(); i++) {
            assertThat(Duration.between(granted.get(i - limit), granted.get(i))).isGreaterThan(window);
        }
    }

    private static void assertDays(List<Instant> granted, int limit, ZoneId zone) {
        Map<LocalDate, Long> byDay = granted.stream()
                .collect(Collectors.groupingBy(i -> LocalDate.ofInstant(i, zone), Collectors.counting()));
        assertThat(byDay.values()).allMatch(n -> limit == 0 || n <= limit);
    }
}
