package io.alphakeep.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OrderTest {

    private static final String NOW = "2026-11-20T02:00:00Z";

    private static Plan plan(PlanOptions options, Given... givens) {
        List<WatchEntry> entries = Arrays.stream(givens).map(Given::entry).collect(Collectors.toList());
        Collections.reverse(entries);
        Map<Series, Watermark> marks = Arrays.stream(givens)
                .map(Given::mark)
                .collect(Collectors.toMap(Watermark::series, Function.identity()));
        return Planner.plan(entries, marks, options, Instant.parse(NOW));
    }

    private static List<String> order(Given... givens) {
        return plan(PlanOptions.ordinary(), givens).requests().stream()
                .map(r -> r.series() + r.month().map(m -> " " + m).orElse(""))
                .toList();
    }

    private static Given daily(String symbol, String last, String answered) {
        return Given.series(symbol, "TIME_SERIES_DAILY").last(last).answered(answered);
    }

    private static Given yesterday(String symbol) {
        return daily(symbol, "2026-11-18", "2026-11-19T01:20:00Z");
    }

    @Test
    void priorityMultipliesTheWorth() {
        assertThat(order(
                        yesterday("ZZ").priority(6),
                        daily("AA", "2026-11-16", "2026-11-17T01:20:00Z"),
                        yesterday("CC"),
                        yesterday("BB").priority(-1)))
                .containsExactly(
                        "ZZ TIME_SERIES_DAILY", "AA TIME_SERIES_DAILY", "CC TIME_SERIES_DAILY", "BB TIME_SERIES_DAILY");
        assertThat(plan(
                                PlanOptions.ordinary(),
                                yesterday("A").priority(4),
                                yesterday("B").priority(-4))
                        .requests())
                .extracting(r -> r.worth() + " " + r.reason())
                .containsExactly(
                        "10.0 1 session behind, last bar 2026-11-18; priority 4 counts 5 times",
                        "0.4 1 session behind, last bar 2026-11-18; priority -4 counts 1/5");
    }

    @Test
    void latenessGrowsWithTheSquareOfTheWait() {
        assertThat(plan(PlanOptions.ordinary(), daily("A", "2026-11-16", "2026-11-17T01:20:00Z"), yesterday("B"))
                        .requests())
                .extracting(PlannedRequest::value)
                .containsExactly(12.0, 2.0);
    }

    @Test
    void aSeriesThatFailsAgainAndAgainComesBehindThoseThatAnswer() {
        Given failing = Given.series("A", "TIME_SERIES_DAILY").failed(5, Instant.parse("2026-11-19T01:20:00Z"));
        assertThat(order(failing, yesterday("C").priority(1), daily("D", "2026-11-16", "2026-11-17T01:20:00Z")))
                .containsExactly("D TIME_SERIES_DAILY", "C TIME_SERIES_DAILY", "A TIME_SERIES_DAILY");
    }

    @Test
    void theStalerOneIsWorthMoreAndOneThatWasNeverAskedMost() {
        assertThat(order(
                        Given.series("D", "TIME_SERIES_DAILY"),
                        daily("C", "2026-11-16", "2026-11-17T01:20:00Z"),
                        daily("B", "2026-11-17", "2026-11-18T01:20:00Z"),
                        yesterday("A")))
                .containsExactly(
                        "D TIME_SERIES_DAILY", "C TIME_SERIES_DAILY", "B TIME_SERIES_DAILY", "A TIME_SERIES_DAILY");
    }

    @Test
    void moreRowsAreWorthMoreButTwoWeeksOfDailyBarsAreWorthMoreThanADayOfMinutes() {
        Given minutes = Given.series("M", "TIME_SERIES_INTRADAY:1min")
                .last("2026-11-19T00:59:00Z")
                .answered("2026-11-19T01:20:00Z");
        assertThat(order(minutes, yesterday("A"))).startsWith("M TIME_SERIES_INTRADAY:1min");
        assertThat(order(daily("A", "2026-11-05", "2026-11-06T02:00:00Z"), minutes))
                .startsWith("A TIME_SERIES_DAILY");
    }

    @Test
    void aDelistedTickerThatAnswersNothingNewIsNotWorthMoreEveryDay() {
        assertThat(order(yesterday("A"), daily("GONE", "2019-05-06", "2026-11-19T01:20:00Z")))
                .containsExactly("A TIME_SERIES_DAILY", "GONE TIME_SERIES_DAILY");
        assertThat(plan(PlanOptions.ordinary(), yesterday("A"), daily("GONE", "2019-05-06", "2026-11-19T01:20:00Z"))
                        .requests())
                .extracting(PlannedRequest::value)
                .containsExactly(2.0, 2.0);
    }

    @Test
    void anOwedRefreshIsWorthMoreThanOneNewBarAndAnUndueRefreshNothing() {
        assertThat(order(yesterday("B").owed(), yesterday("A"))).startsWith("B TIME_SERIES_DAILY");
        assertThat(plan(Options.refresh(), yesterday("B"), daily("A", "2026-11-19", "2026-11-20T01:20:00Z"))
                        .requests())
                .extracting(PlannedRequest::value)
                .containsExactly(2.0, 0.0);
    }

    @Test
    void anOwedRefreshBringsTheWholeHistoryAndAStatementIsRare() {
        Given statement = Given.series("C", "INCOME_STATEMENT").answered("2026-11-12T01:20:00Z");
        assertThat(plan(PlanOptions.ordinary(), yesterday("B").owed(), statement)
                        .requests())
                .extracting(r -> r.worth())
                .containsExactly("19.9", "1.7");
    }

    @Test
    void aRequestThatCostsTwoIsWorthHalf() {
        Given given = yesterday("A");
        var daily = Catalog.find("TIME_SERIES_DAILY").orElseThrow();
        var dear = new io.alphakeep.catalog.Function(
                "DEAR", daily.shape(), "", daily.rhythm(), false, true, true, daily.fixed(), daily.zone(), 2);
        assertThat(Worth.ofCurrent(situation(given, dear)))
                .isEqualTo(Worth.ofCurrent(situation(given, daily)) / 2)
                .isPositive();
    }

    private static Situation situation(Given given, io.alphakeep.catalog.Function function) {
        return new Situation(given.entry(), function, given.mark(), PlanOptions.ordinary(), Instant.parse(NOW));
    }

    @Test
    void ofEqualValueTheOneOfHigherPriority() {
        Given low = daily("A", "2026-11-19", "2026-11-20T01:20:00Z");
        Given high = daily("B", "2026-11-19", "2026-11-20T01:20:00Z").priority(3);
        assertThat(plan(Options.refresh(), low, high).requests())
                .extracting(r -> r.value() + " " + r.series().symbol())
                .containsExactly("0.0 B", "0.0 A");
    }

    @Test
    void aSeriesThatIsCutOffAgainIsToldOnce() {
        Plan bound = plan(
                new PlanOptions(false, Optional.empty(), OptionalInt.of(2), false, false, OptionalInt.empty()),
                Given.series("M", "TIME_SERIES_INTRADAY:5min")
                        .from("2026-08-01")
                        .last("2026-11-20T00:55:00Z")
                        .answered("2026-11-20T01:20:00Z"));
        assertThat(bound.requests()).hasSize(2);
        assertThat(bound.omissions()).hasSize(1);
        Plan both = bound.within(new Allowance(25, 1, Instant.parse(NOW)));
        assertThat(both.requests()).hasSize(1);
        assertThat(both.omissions())
                .singleElement()
                .satisfies(o -> assertThat(o.reason()).startsWith("beyond today's allowance"));
    }

    @Test
    void ofEqualValueTheOneThatHasWaitedLongerThenTheOrderOfSeries() {
        assertThat(order(
                        daily("C", "2026-11-18", "2026-11-19T01:20:00Z"),
                        daily("A", "2026-11-18", "2026-11-19T09:00:00Z"),
                        daily("B", "2026-11-18", "2026-11-19T09:00:00Z")))
                .containsExactly("C TIME_SERIES_DAILY", "A TIME_SERIES_DAILY", "B TIME_SERIES_DAILY");
    }

    @Test
    void backfillsThatWereJustAskedComeAfterCurrentDataSideBySideAndAscending() {
        Given a = Given.series("A", "TIME_SERIES_INTRADAY:5min")
                .from("2026-09-01")
                .last("2026-11-20T00:55:00Z")
                .answered("2026-11-20T01:20:00Z");
        Given b = Given.series("B", "TIME_SERIES_INTRADAY:5min")
                .from("2026-08-01")
                .last("2026-11-20T00:55:00Z")
                .answered("2026-11-20T01:20:00Z");
        assertThat(order(yesterday("Z"), b, a, yesterday("LOW").priority(-5)))
                .containsExactly(
                        "Z TIME_SERIES_DAILY",
                        "A TIME_SERIES_INTRADAY:5min 2026-09",
                        "B TIME_SERIES_INTRADAY:5min 2026-08",
                        "A TIME_SERIES_INTRADAY:5min 2026-10",
                        "B TIME_SERIES_INTRADAY:5min 2026-09",
                        "B TIME_SERIES_INTRADAY:5min 2026-10",
                        "LOW TIME_SERIES_DAILY");
    }

    @Test
    void theBoundKeepsTheMostValuable() {
        Plan plan = plan(Options.max(1), yesterday("A"), Given.series("B", "TIME_SERIES_DAILY"));
        assertThat(plan.requests()).extracting(r -> r.series().symbol().text()).containsExactly("B");
        assertThat(plan.omissions()).singleElement().satisfies(o -> {
            assertThat(o.series().symbol().text()).isEqualTo("A");
            assertThat(o.reason()).isEqualTo("beyond --max-requests 1; worth 2.0, the last one asked 420");
            assertThat(o.dueAt()).contains(Instant.parse(NOW));
        });
        assertThatThrownBy(() -> Options.max(-1)).hasMessageContaining("-1");
    }

    @Test
    void todaysAllowanceLeavesTheLessValuableOnesOutWithTheReason() {
        Instant until = Instant.parse("2026-11-20T05:00:00Z");
        Plan plan = plan(PlanOptions.ordinary(), yesterday("A"), Given.series("B", "TIME_SERIES_DAILY"));
        Plan today = plan.within(new Allowance(25, 1, until));
        assertThat(today.requests()).extracting(r -> r.series().symbol().text()).containsExactly("B");
        assertThat(today.omissions()).singleElement().satisfies(o -> {
            assertThat(o.reason())
                    .isEqualTo("beyond today's allowance (25 a day, 1 left), next after 2026-11-20T05:00Z;"
                            + " worth 2.0, the last one asked 420");
            assertThat(o.dueAt()).contains(until);
        });
        assertThat(plan.within(new Allowance(25, 0, until)).omissions())
                .extracting(Omission::reason)
                .containsOnly("beyond today's allowance (25 a day, 0 left), next after 2026-11-20T05:00Z");
        assertThat(plan.within(new Allowance(25, 2, until))).isEqualTo(plan);
    }

    @Test
    void aSeriesMustNotBeOnTheListTwice() {
        List<WatchEntry> twice =
                new ArrayList<>(List.of(yesterday("A").entry(), yesterday("A").entry()));
        assertThatThrownBy(() -> Planner.plan(twice, new HashMap<>(), PlanOptions.ordinary(), Instant.parse(NOW)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A TIME_SERIES_DAILY");
    }

    /** With an allowance for a seventh of what is due, statements are asked rarely, but no series is left out for ever. */
    @Test
    void noSeriesStarves() {
        Map<Series, Given> givens = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            Given minutes = Given.series("M" + i, "TIME_SERIES_INTRADAY:1min");
            Given daily = Given.series("D" + i, "TIME_SERIES_DAILY");
            Given statement = Given.series("S" + i, "BALANCE_SHEET");
            List.of(minutes, daily, statement).forEach(g -> givens.put(g.series, g));
        }
        Map<Series, Integer> asked = new HashMap<>();
        Instant now = Instant.parse(NOW);
        for (int day = 0; day < 180; day++, now = now.plusSeconds(86_400)) {
            Plan plan = Planner.plan(
                    givens.values().stream().map(Given::entry).toList(),
                    givens.values().stream().collect(Collectors.toMap(g -> g.series, Given::mark)),
                    Options.max(8),
                    now);
            for (PlannedRequest request : plan.requests()) {
                asked.merge(request.series(), 1, Integer::sum);
                Given given = givens.get(request.series());
                given.answered(now);
                if (request.function().isMarketData()) {
                    given.bars(Instant.EPOCH, now);
                }
            }
        }
        assertThat(asked).hasSize(60);
        assertThat(Collections.min(asked.values())).isGreaterThanOrEqualTo(2);
    }
}
