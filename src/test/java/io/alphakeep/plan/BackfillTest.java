package io.alphakeep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackfillTest {

    private static final String NOW = "2026-11-20T02:00:00Z";

    /** A series whose current data is up to date, so that only months are left. */
    private static Given kept() {
        return Given.series("IBM", "TIME_SERIES_INTRADAY:5min")
                .last("2026-11-20T00:55:00Z")
                .answered("2026-11-20T01:20:00Z");
    }

    private static List<String> months(Plan plan) {
        return plan.requests().stream()
                .filter(PlannedRequest::isBackfill)
                .map(r -> r.month().orElseThrow().toString())
                .toList();
    }

    @Test
    void asksCurrentDataThenEachMonthThatIsOver() {
        Plan plan = Given.series("IBM", "TIME_SERIES_INTRADAY:5min")
                .from("2026-08-17")
                .plan(NOW);
        assertThat(plan.requests())
                .extracting(
                        r -> r.month().map(YearMonth::toString).orElse("current") + " " + r.size() + " " + r.reason())
                .containsExactly(
                        "current FULL never asked: trailing 30 days",
                        "2026-08 FULL month 2026-08 of the backfill from 2026-08",
                        "2026-09 FULL month 2026-09 of the backfill from 2026-08",
                        "2026-10 FULL month 2026-10 of the backfill from 2026-08");
        assertThat(plan.omissions()).isEmpty();
        assertThat(plan.requests())
                .extracting(PlannedRequest::backfilled)
                .containsExactly(
                        Optional.empty(),
                        span("2026-08", "2026-08"),
                        span("2026-08", "2026-09"),
                        span("2026-08", "2026-10"));
    }

    @ParameterizedTest(name = "from {0}, asked {1} to {2}: {3}. {5}")
    @CsvSource({
        "2026-06-01, 2026-06, 2026-08, '2026-09 2026-10', 2026-06, resumed",
        "2026-06-30, 2026-06, 2026-10, '', '', complete",
        "2026-05-31, 2026-06, 2026-10, '2026-05 2026-06 2026-07 2026-08 2026-09 2026-10', 2026-05, the wanted date moved back",
        "2026-08-01, 2026-06, 2026-08, '2026-09 2026-10', 2026-06, it moved on inside of what was asked",
        "2026-09-01, 2026-06, 2026-08, '2026-09 2026-10', 2026-06, it moved right behind it",
        "2026-10-01, 2026-06, 2026-08, '2026-10', 2026-10, it moved further: the hole must not be forgotten",
        "2026-11-01, , , '', '', the running month belongs to current data",
        "2027-05-01, , , '', '', the future",
    })
    void goesOnWhereItWas(String from, String askedFrom, String through, String months, String recorded, String why) {
        Given given = kept().from(from);
        Plan plan = (askedFrom == null ? given : given.backfilled(askedFrom, through)).plan(NOW);
        assertThat(String.join(" ", months(plan))).as(why).isEqualTo(months);
        assertThat(plan.requests())
                .allSatisfy(r -> assertThat(r.backfilled())
                        .isEqualTo(span(recorded, r.month().orElseThrow().toString())));
        assertThat(plan.omissions()).hasSize(months.isEmpty() ? 1 : 0);
    }

    @Test
    void aMonthIsOverWithThePublicationOfItsLastSession() {
        Given given = kept().from("2026-10-01").answered("2026-10-31T00:14:00Z");
        assertThat(months(given.plan("2026-10-31T00:14:00Z"))).isEmpty();
        assertThat(months(given.plan("2026-10-31T00:15:00Z"))).containsExactly("2026-10");
    }

    @Test
    void nothingBefore2000IsAsked() {
        Plan plan = kept().from("1990-05-01").plan(NOW);
        assertThat(months(plan)).hasSize(26 * 12 + 10).startsWith("2000-01", "2000-02");
        assertThat(months(kept().from("1990-05-01")
                        .backfilled("2000-01", "2026-10")
                        .plan(NOW)))
                .isEmpty();
    }

    @Test
    void otherFunctionsHaveNone() {
        assertThat(months(Given.series("IBM", "TIME_SERIES_DAILY")
                        .from("2020-01-01")
                        .plan(NOW)))
                .isEmpty();
        assertThat(months(kept().plan(NOW))).isEmpty();
    }

    @Test
    void theFreePlanChangesNothingHereButCurrentDataIsCompact() {
        Plan plan = Given.series("IBM", "TIME_SERIES_INTRADAY:5min")
                .from("2026-09-01")
                .plan(Options.compactOnly(), NOW);
        assertThat(plan.requests())
                .extracting(PlannedRequest::size)
                .containsExactly(Size.COMPACT, Size.FULL, Size.FULL);
    }

    @Test
    void sinceCountsBeforeTheList() {
        assertThat(months(kept().from("2020-01-01").plan(Options.since("2026-10-05"), NOW)))
                .containsExactly("2026-10");
        assertThat(months(kept().plan(Options.since("2026-10-05"), NOW))).containsExactly("2026-10");
    }

    @Test
    void refreshAsksAllMonthsAgainAndForgetsNone() {
        Plan plan = kept().from("2026-08-01").backfilled("2026-06", "2026-09").plan(Options.refresh(), NOW);
        assertThat(months(plan)).containsExactly("2026-08", "2026-09", "2026-10");
        assertThat(plan.requests().subList(0, 3))
                .extracting(PlannedRequest::backfilled)
                .containsExactly(span("2026-06", "2026-09"), span("2026-06", "2026-09"), span("2026-06", "2026-10"));
        assertThat(plan.requests().get(0).reason())
                .isEqualTo("month 2026-08 of the backfill from 2026-06, asked by --refresh");
    }

    @Test
    void whatTheBoundCutsOffIsOneLineASeries() {
        Plan plan = Given.series("IBM", "TIME_SERIES_INTRADAY:5min")
                .from("2026-06-01")
                .plan(Options.max(2), NOW);
        assertThat(months(plan)).containsExactly("2026-06");
        assertThat(plan.omissions())
                .extracting(Omission::reason)
                .containsExactly("beyond --max-requests 2: 4 requests; worth 0.8, the last one asked 1.6");
    }

    private static Optional<MonthSpan> span(String from, String through) {
        return Optional.of(new MonthSpan(YearMonth.parse(from), YearMonth.parse(through)));
    }
}
