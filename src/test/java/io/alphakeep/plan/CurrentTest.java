package io.alphakeep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.TradingCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurrentTest {

    private static final String NOW = "2026-11-20T02:00:00Z";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "TIME_SERIES_DAILY, FULL never asked: full history",
        "TIME_SERIES_INTRADAY:5min, FULL never asked: trailing 30 days",
        "TIME_SERIES_WEEKLY_ADJUSTED, NONE never asked: full history",
        "GLOBAL_QUOTE, NONE never asked",
        "OVERVIEW, NONE never asked",
    })
    void aSeriesThatWasNeverAskedIsAskedInFull(String function, String asked) {
        assertThat(Given.series("IBM", function).asked(NOW)).isEqualTo(asked);
    }

    @Test
    void whatThePlanOrTheApiRefusesIsAskedCompact() {
        Given daily = Given.series("IBM", "TIME_SERIES_DAILY");
        assertThat(daily.asked(Options.compactOnly(), NOW))
                .isEqualTo("COMPACT never asked: newest 100 bars, the key's plan has no more");
        assertThat(daily.fullRefused().asked(NOW))
                .isEqualTo("COMPACT never asked: newest 100 bars, more was refused as premium");
        assertThat(daily.asked(Options.refresh(), NOW)).startsWith("COMPACT asked by --refresh");
    }

    @ParameterizedTest(name = "{0} sessions, the last bar final: {1}; not final: {2}")
    @CsvSource({"98, COMPACT, COMPACT", "99, COMPACT, COMPACT", "100, COMPACT, FULL", "101, FULL, FULL"})
    void compactAsLongAsItsHundredRowsReachTheLastBar(int sessions, Size whenFinal, Size whenNot) {
        LocalDate last = LocalDate.parse("2026-11-19");
        for (int i = 0; i < sessions; i++) {
            last = TradingCalendar.previousSession(last);
        }
        Instant published = Timetable.publication(last);
        Given given = Given.series("IBM", "TIME_SERIES_DAILY").last(last.toString());
        assertThat(given.answered(published).asked(NOW)).startsWith(whenFinal + " " + sessions + " sessions behind");
        assertThat(given.answered(published.minusSeconds(1)).asked(NOW)).startsWith(whenNot + " " + sessions);
    }

    @Test
    void theRunningBarOfTodayTakesARow() {
        LocalDate last = LocalDate.parse("2026-11-19");
        for (int i = 0; i < 100; i++) {
            last = TradingCalendar.previousSession(last);
        }
        Given given =
                Given.series("IBM", "TIME_SERIES_DAILY").last(last.toString()).answered(Timetable.publication(last));
        assertThat(given.asked("2026-11-20T02:00:00Z")).startsWith("COMPACT 100 sessions behind");
        assertThat(given.asked("2026-11-20T15:00:00Z")).startsWith("FULL 100 sessions behind");
    }

    @ParameterizedTest(name = "{0} days: {1}")
    @CsvSource({"99, COMPACT", "100, FULL"})
    void elsewhereEveryDayMayBeASession(int days, Size size) {
        LocalDate last = LocalDate.parse("2026-11-19").minusDays(days);
        assertThat(Given.series("TSCO.LON", "TIME_SERIES_DAILY")
                        .last(last.toString())
                        .answered(Timetable.publication(last))
                        .asked(NOW))
                .startsWith(size.name());
    }

    @ParameterizedTest(name = "{0} from {1} to {2}: {3}")
    @CsvSource({
        // Last bar of Wednesday 19:55; one whole session of 192 bars later.
        "5min, 2026-11-19T00:55:00Z, 2026-11-20T02:00:00Z, FULL",
        // The same morning: with the last bar 100 until 12:15, 101 right after it.
        "5min, 2026-11-19T00:55:00Z, 2026-11-19T17:15:00Z, COMPACT",
        "5min, 2026-11-19T00:55:00Z, 2026-11-19T17:16:00Z, FULL",
        // Within a session.
        "5min, 2026-11-19T15:00:00Z, 2026-11-19T23:20:00Z, COMPACT",
        "5min, 2026-11-19T15:00:00Z, 2026-11-19T23:21:00Z, FULL",
        // 64 bars a session: one fits, two do not.
        "15min, 2026-11-19T00:45:00Z, 2026-11-20T02:00:00Z, COMPACT",
        "15min, 2026-11-18T00:45:00Z, 2026-11-20T02:00:00Z, FULL",
        // 16 a session: six fit beside the last bar, over a weekend.
        "60min, 2026-11-12T00:00:00Z, 2026-11-20T02:00:00Z, COMPACT",
        "60min, 2026-11-11T00:00:00Z, 2026-11-20T02:00:00Z, FULL",
        // Thanksgiving has no bars.
        "15min, 2026-11-26T00:45:00Z, 2026-11-28T02:00:00Z, COMPACT",
        // Nor has a Saturday: 65 bars since Thursday evening.
        "15min, 2026-11-20T00:45:00Z, 2026-11-22T00:00:00Z, COMPACT",
        // Clocks went back on 2026-11-01: Friday 19:45 was UTC-4.
        "15min, 2026-10-30T23:45:00Z, 2026-11-03T02:00:00Z, COMPACT",
    })
    void intradayCountsBarsOfExtendedHours(String interval, String last, String now, Size size) {
        assertThat(Given.series("IBM", "TIME_SERIES_INTRADAY:" + interval)
                        .last(last)
                        .every(Duration.ofMinutes(1))
                        .answered(last)
                        .asked(now))
                .startsWith(size.name());
    }

    @Test
    void sinceBeforeTheOldestBarAsksInFullButTheListsFromDoesNot() {
        Given given = Given.series("IBM", "TIME_SERIES_DAILY")
                .bars(Given.instant("2026-07-01"), Given.instant("2026-11-18"))
                .answered("2026-11-19T01:20:00Z");
        assertThat(given.asked(Options.since("2026-06-30"), NOW)).startsWith("FULL 1 session behind");
        assertThat(given.asked(Options.since("2026-07-01"), NOW)).startsWith("COMPACT");
        assertThat(given.from("2020-01-01").asked(NOW)).startsWith("COMPACT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "TIME_SERIES_DAILY; 2026-11-16; 2026-11-17T15:00:00Z; COMPACT 3 sessions behind, last bar 2026-11-16",
                "TIME_SERIES_DAILY; 2026-11-19; 2026-11-19T18:00:00Z; COMPACT last bar 2026-11-19 was not final",
                "TIME_SERIES_WEEKLY; 2026-11-06; 2026-11-07T02:00:00Z; NONE 1 week behind, last bar 2026-11-06",
                "TIME_SERIES_MONTHLY; 2026-08-31; 2026-09-30T02:00:00Z; NONE 2 months behind, last bar 2026-08-31",
            })
    void saysHowFarBehindItIs(String function, String last, String answered, String asked) {
        assertThat(Given.series("IBM", function).last(last).answered(answered).asked(NOW))
                .isEqualTo(asked);
    }
}
