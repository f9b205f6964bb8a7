package io.alphakeep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Gap;
import io.alphakeep.market.Holes;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GapPlanTest {

    private static final String NOW = "2026-11-20T02:00:00Z";
    private static final String UP_TO_DATE = "2026-11-20T01:20:00Z";

    private static Given daily() {
        return Given.series("IBM", "TIME_SERIES_DAILY")
                .last("2026-11-18")
                .answered("2026-11-19T01:20:00Z")
                .gap("2024-03-04", "2024-03-06", 3);
    }

    private static Given minutes(String ticker) {
        return Given.series(ticker, "TIME_SERIES_INTRADAY:5min")
                .last("2026-11-20T00:55:00Z")
                .answered(UP_TO_DATE)
                .gap("2024-03-04", "2024-03-06", 3);
    }

    @Test
    void aDailyGapCostsNoRequestOfItsOwn() {
        assertThat(daily().asked(NOW))
                .isEqualTo("FULL 1 session behind, last bar 2026-11-18: full history,"
                        + " gap: 3 sessions between 2024-03-04 and 2024-03-06 missing");
        assertThat(daily().answered(UP_TO_DATE).omitted(NOW).reason()).startsWith("up to date until");
        assertThat(daily().asked(Options.compactOnly(), NOW))
                .isEqualTo("COMPACT 1 session behind, last bar 2026-11-18; gap: 3 sessions between 2024-03-04 and"
                        + " 2024-03-06 missing, only the full history has it");
    }

    @Test
    void anIntradayGapIsAskedByItsMonthOnceTheBackfillIsThrough() {
        assertThat(minutes("IBM").plan(NOW).requests())
                .extracting(r -> r.month().orElseThrow() + " " + r.reason())
                .containsExactly("2024-03 month 2024-03, gap: 3 sessions between 2024-03-04 and 2024-03-06 missing");
        assertThat(minutes("IBM").plan(NOW).omissions()).isEmpty();
        assertThat(minutes("IBM").from("2026-10-01").plan(NOW).requests())
                .extracting(r -> r.month().orElseThrow().toString())
                .containsExactly("2026-10");
    }

    /** Five of 25 in any 24 hours, those of earlier runs counted. */
    @Test
    void gapsGetAFifthOfTheDay() {
        List<Given> givens =
                IntStream.range(0, 9).mapToObj(i -> minutes("S" + i)).collect(Collectors.toList());
        Given asked =
                minutes("T").holes(new Holes(null, null, null, null, Instant.parse(UP_TO_DATE), Optional.empty()));
        givens.add(asked);
        PlanOptions options =
                new PlanOptions(false, Optional.empty(), OptionalInt.empty(), false, false, OptionalInt.of(25));
        List<WatchEntry> entries = givens.stream().map(Given::entry).toList();
        Map<Series, Watermark> marks =
                givens.stream().map(Given::mark).collect(Collectors.toMap(Watermark::series, Function.identity()));
        Plan plan = Planner.plan(entries, marks, options, Instant.parse(NOW));
        assertThat(plan.requests()).hasSize(4);
        assertThat(plan.omissions())
                .hasSize(6)
                .filteredOn(o -> o.reason().contains("later, gaps get 5 requests in 24 hours"))
                .hasSize(5);
    }

    @Test
    void whatWasAskedForIsSettled() {
        Holes found = new Holes(
                null,
                Instant.EPOCH,
                LocalDate.parse("2024-03-03"),
                Instant.EPOCH,
                null,
                Optional.of(new Gap(LocalDate.parse("2024-03-04"), LocalDate.parse("2024-03-06"), 3)));
        Instant at = Instant.parse(NOW);
        assertThat(found.settled(LocalDate.parse("2024-03-06"), at))
                .isEqualTo(new Holes(null, null, LocalDate.parse("2024-03-06"), Instant.EPOCH, at, Optional.empty()));
    }
}
