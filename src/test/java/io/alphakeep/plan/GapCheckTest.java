package io.alphakeep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Holes;
import io.alphakeep.market.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GapCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");

    private static Given daily(String symbol) {
        return Given.series(symbol, "TIME_SERIES_DAILY").last("2026-11-19").answered("2026-11-20T01:20:00Z");
    }

    private static Given checked(Given given, Duration ago) {
        return given.holes(new Holes(null, NOW.minus(ago), null, null, null, Optional.empty()));
    }

    private static List<String> due(Given... givens) {
        List<Watermark> due = GapCheck.due(
                Arrays.stream(givens).map(Given::entry).toList(),
                Arrays.stream(givens).map(Given::mark).toList(),
                PlanOptions.ordinary(),
                NOW);
        return due.stream().map(mark -> mark.series().symbol().text()).toList();
    }

    @Test
    void onceAWeekTheOneThatWasNeverLookedAtFirst() {
        assertThat(due(
                        checked(daily("A"), Duration.ofDays(7).minusSeconds(1)),
                        checked(daily("B"), Duration.ofDays(7)),
                        checked(daily("C"), Duration.ofDays(9)),
                        daily("D")))
                .containsExactly("D", "C", "B");
    }

    @Test
    void notWhereTheCalendarIsNotTheirs() {
        assertThat(due(daily("IBM"), daily("TSCO.LON"), daily("BRK.B"))).containsExactly("BRK.B", "IBM");
    }

    @Test
    void notWhatIsParkedHasNoBarsOrAnswersAllItsHistoryEachTime() {
        assertThat(due(
                        daily("A").parked("symbol"),
                        Given.series("B", "TIME_SERIES_DAILY"),
                        Given.series("C", "TIME_SERIES_WEEKLY")
                                .last("2026-11-13")
                                .answered("2026-11-20T01:20:00Z")))
                .isEmpty();
    }

    @Test
    void notBeforeItsBackfillIsThrough() {
        Given minutes = Given.series("M", "TIME_SERIES_INTRADAY:5min")
                .last("2026-11-20T00:55:00Z")
                .answered("2026-11-20T01:20:00Z");
        assertThat(due(minutes)).containsExactly("M");
        assertThat(due(minutes.from("2026-09-01"))).isEmpty();
        assertThat(due(minutes.backfilled("2026-09", "2026-10"))).containsExactly("M");
    }
}
