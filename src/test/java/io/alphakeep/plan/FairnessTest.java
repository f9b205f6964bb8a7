package io.alphakeep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Holes;
import io.alphakeep.market.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Days with 25 requests for 200 series of all kinds: who is asked how often. */
class FairnessTest {

    private static final Instant START = Instant.parse("2026-01-05T02:00:00Z");
    private static final List<String> FUNCTIONS = List.of(
            "TIME_SERIES_DAILY",
            "TIME_SERIES_INTRADAY:1min",
            "TIME_SERIES_INTRADAY:5min",
            "TIME_SERIES_WEEKLY",
            "TIME_SERIES_MONTHLY",
            "OVERVIEW",
            "BALANCE_SHEET");
    private static final int[] PRIORITIES = {0, 0, 0, 1, 5, 10, -5, -10};

    /** Within 90 days each is asked, failing and delisted ones too, and backfills of all priorities get on. */
    @Property(tries = 5)
    void noSeriesStarvesAndTheValuedOnesComeMoreOften(@ForAll long seed) {
        Random random = new Random(seed);
        List<Given> givens = new ArrayList<>();
        Set<Series> failing = new HashSet<>();
        Map<Series, Integer> priorities = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            Given given =
                    Given.series("S" + i, FUNCTIONS.get(i % FUNCTIONS.size())).added(START.minus(Duration.ofDays(1)));
            boolean fails = i % 20 == 1;
            int priority = fails ? 0 : PRIORITIES[random.nextInt(PRIORITIES.length)];
            priorities.put(given.series, priority);
            givens.add(given.priority(priority));
            if (fails) {
                failing.add(given.series);
            }
            if (i % 14 == 2) {
                given.from("2016-01-01");
            }
        }
        Map<Series, Integer> asked = new HashMap<>();
        Map<Series, Integer> months = new HashMap<>();
        for (int day = 0; day < 90; day++) {
            run(givens, START.plus(Duration.ofDays(day)), failing, asked, months);
        }
        assertThat(asked).hasSize(200);
        assertThat(givens)
                .filteredOn(g -> g.entry().from().isPresent())
                .allSatisfy(g -> assertThat(months).containsKey(g.series));
        // What fails always is asked no more often than daily bars that answer, of which 25 a day allow about one in 8.
        assertThat(failing).allSatisfy(s -> assertThat(asked.get(s)).isLessThan(45));
        assertThat(average(asked, priorities, "TIME_SERIES_DAILY", 5, 10))
                .isGreaterThan(2 * average(asked, priorities, "TIME_SERIES_DAILY", -10, -5));
    }

    /** 200 alike and 25 a day: each comes every eighth day, or the ninth where a weekend brought nothing new. */
    @Test
    void seriesThatAreAlikeTakeTurns() {
        List<Given> givens = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            givens.add(Given.series("S" + i, "TIME_SERIES_DAILY").added(START.minus(Duration.ofDays(1))));
        }
        Map<Series, Integer> last = new HashMap<>();
        for (int day = 0; day < 60; day++) {
            Map<Series, Integer> asked = new HashMap<>();
            run(givens, START.plus(Duration.ofDays(day)), Set.of(), asked, new HashMap<>());
            for (Given given : givens) {
                if (asked.containsKey(given.series)) {
                    last.put(given.series, day);
                }
                assertThat(day - last.getOrDefault(given.series, -1))
                        .as("days without an answer of %s on day %d", given.series, day)
                        .isLessThanOrEqualTo(9);
            }
        }
    }

    @Test
    void withoutALimitADayAllThatIsDueIsPlannedEachOnce() {
        List<Given> givens = new ArrayList<>();
        for (int i = 0; i < 2_025; i++) {
            givens.add(Given.series("S" + i, "TIME_SERIES_DAILY").priority(i % 21 - 10));
        }
        Plan plan = plan(givens, START);
        assertThat(plan.requests()).hasSize(2_025);
        assertThat(plan.requests()).extracting(PlannedRequest::series).doesNotHaveDuplicates();
        assertThat(plan.omissions()).isEmpty();
    }

    private static Plan plan(List<Given> givens, Instant now) {
        return Planner.plan(
                givens.stream().map(Given::entry).toList(),
                givens.stream().collect(Collectors.toMap(g -> g.series, Given::mark)),
                PlanOptions.ordinary(),
                now);
    }

    private static void run(
            List<Given> givens,
            Instant now,
            Set<Series> failing,
            Map<Series, Integer> asked,
            Map<Series, Integer> months) {
        Map<Series, Given> bySeries = givens.stream().collect(Collectors.toMap(g -> g.series, g -> g));
        Plan today = plan(givens, now).within(new Allowance(25, 25, now));
        assertThat(today.requests()).hasSizeLessThanOrEqualTo(25);
        for (PlannedRequest request : today.requests()) {
            Given given = bySeries.get(request.series());
            asked.merge(request.series(), 1, Integer::sum);
            if (failing.contains(request.series())) {
                given.failed(given.mark().failuresInARow() + 1, now);
            } else if (request.isBackfill()) {
                months.merge(request.series(), 1, Integer::sum);
                MonthSpan span = request.backfilled().orElseThrow();
                given.backfilled(span.from().toString(), span.through().toString());
                given.holes(Holes.UNKNOWN.backfilled(now));
            } else {
                given.answered(now);
                boolean delisted = request.series().hashCode() % 10 == 0;
                if (request.function().isMarketData() && !delisted) {
                    given.bars(Instant.EPOCH, now);
                }
            }
        }
    }

    private static double average(
            Map<Series, Integer> asked, Map<Series, Integer> priorities, String function, int from, int to) {
        return asked.entrySet().stream()
                .filter(e -> e.getKey().function().equals(function))
                .filter(e -> priorities.get(e.getKey()) >= from && priorities.get(e.getKey()) <= to)
                .mapToInt(Map.Entry::getValue)
                .average()
                .orElse(0);
    }
}
