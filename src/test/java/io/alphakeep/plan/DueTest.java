package io.alphakeep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueTest {

    @ParameterizedTest(name = "{0} answered {2}, now {3}: due {4}")
    @CsvSource({
        "TIME_SERIES_DAILY, 2026-11-18, 2026-11-19T01:20:00Z, 2026-11-20T01:14:00Z, 2026-11-20T01:15:00Z",
        "TIME_SERIES_DAILY, 2026-11-18, 2026-11-19T01:20:00Z, 2026-11-20T01:15:00Z, now",
        "TIME_SERIES_DAILY, 2026-11-18, 2026-11-20T01:15:00Z, 2026-11-20T01:16:00Z, 2026-11-21T01:15:00Z",
        "TIME_SERIES_DAILY, 2026-11-20, 2026-11-21T01:20:00Z, 2026-11-23T12:00:00Z, 2026-11-24T01:15:00Z",
        "TIME_SERIES_DAILY, 2026-11-25, 2026-11-26T01:20:00Z, 2026-11-27T20:00:00Z, 2026-11-27T22:15:00Z",
        "GLOBAL_QUOTE, 2026-11-19, 2026-11-20T01:20:00Z, 2026-11-20T15:00:00Z, 2026-11-21T01:15:00Z",
        "OVERVIEW, , 2026-11-20T01:20:00Z, 2026-11-21T01:15:00Z, now",
        "TIME_SERIES_WEEKLY, 2026-03-27, 2026-03-28T00:20:00Z, 2026-04-02T22:00:00Z, 2026-04-03T00:15:00Z",
        "TIME_SERIES_WEEKLY, 2026-03-27, 2026-03-28T00:20:00Z, 2026-04-03T00:15:00Z, now",
        "TIME_SERIES_WEEKLY, 2026-04-01, 2026-04-01T22:00:00Z, 2026-04-03T00:15:00Z, now",
        "TIME_SERIES_MONTHLY, 2026-09-30, 2026-10-01T00:20:00Z, 2026-10-30T22:00:00Z, 2026-10-31T00:15:00Z",
        "TIME_SERIES_MONTHLY, 2026-09-30, 2026-10-01T00:20:00Z, 2026-10-31T12:00:00Z, now",
        "INCOME_STATEMENT, , 2026-11-13T12:00:00Z, 2026-11-20T11:59:00Z, 2026-11-20T12:00:00Z",
        "INCOME_STATEMENT, , 2026-11-13T12:00:00Z, 2026-11-20T12:00:00Z, now",
    })
    void byTheRhythm(String function, String last, String answered, String now, String due) {
        Given given = Given.series("IBM", function).answered(answered);
        Plan plan = (last == null ? given : given.last(last)).plan(now);
        if (due.equals("now")) {
            assertThat(plan.requests()).hasSize(1);
            assertThat(plan.omissions()).isEmpty();
        } else {
            assertThat(plan.requests()).isEmpty();
            assertThat(plan.omissions()).singleElement().satisfies(o -> {
                assertThat(o.dueAt()).contains(Instant.parse(due));
                assertThat(o.reason()).isEqualTo("up to date until " + due.replace(":00Z", "Z"));
            });
        }
    }

    @Test
    void aForeignListingKeepsNewYorksTimetable() {
        Given london =
                Given.series("TSCO.LON", "TIME_SERIES_DAILY").last("2026-11-18").answered("2026-11-19T01:20:00Z");
        assertThat(london.omitted("2026-11-19T18:00:00Z").dueAt()).contains(Instant.parse("2026-11-20T01:15:00Z"));
        assertThat(london.asked("2026-11-20T01:15:00Z")).isEqualTo("COMPACT 1 session behind, last bar 2026-11-18");
    }

    @Test
    void anEmptyAnswerIsAnAnswerAndIsNotAskedAgainBeforeTheNextSession() {
        Given delisted = Given.series("GONE", "TIME_SERIES_DAILY").answered("2026-11-20T01:20:00Z");
        assertThat(delisted.omitted("2026-11-20T09:00:00Z").reason()).isEqualTo("up to date until 2026-11-21T01:15Z");
        assertThat(delisted.asked("2026-11-21T02:00:00Z"))
                .isEqualTo("FULL no bars yet, last answer 2026-11-20T01:20Z: full history");
    }

    @Test
    void theEntrysOwnPaceReplacesTheRhythm() {
        Given hourly = Given.series("IBM", "TIME_SERIES_DAILY")
                .last("2026-11-19")
                .answered("2026-11-20T15:00:00Z")
                .every(Duration.ofMinutes(90));
        assertThat(hourly.omitted("2026-11-20T16:29:00Z").dueAt()).contains(Instant.parse("2026-11-20T16:30:00Z"));
        assertThat(hourly.asked("2026-11-20T16:30:00Z"))
                .isEqualTo("COMPACT asked every 1h30m, last answer 2026-11-20T15:00Z");
        Given monthly = Given.series("IBM", "TIME_SERIES_DAILY")
                .last("2026-11-19")
                .answered("2026-11-20T01:20:00Z")
                .every(Duration.ofDays(30));
        assertThat(monthly.omitted("2026-12-01T12:00:00Z").dueAt()).contains(Instant.parse("2026-12-20T01:20:00Z"));
    }

    @Test
    void aPaceOfAgesDoesNotRunOver() {
        Given never = Given.series("IBM", "OVERVIEW")
                .answered("2026-11-20T15:00:00Z")
                .every(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(never.omitted("2026-11-20T16:00:00Z").reason()).startsWith("up to date until 2126-");
    }

    @Test
    void anOwedRefreshIsDueAtOnce() {
        Given given = Given.series("IBM", "TIME_SERIES_DAILY_ADJUSTED")
                .last("2026-11-19")
                .answered("2026-11-20T01:20:00Z")
                .owed();
        assertThat(given.asked("2026-11-20T01:21:00Z"))
                .isEqualTo(
                        "FULL refresh owed after a dividend, a split or rows that could not be stored: full history");
    }

    @Test
    void aRefreshThatCannotBeHadIsNotAskedInEveryRun() {
        Given given = Given.series("IBM", "TIME_SERIES_DAILY_ADJUSTED")
                .last("2026-11-19")
                .answered("2026-11-20T01:20:00Z")
                .owed();
        assertThat(given.omitted(Options.compactOnly(), "2026-11-20T01:21:00Z").dueAt())
                .contains(Instant.parse("2026-11-21T01:15:00Z"));
        assertThat(given.fullRefused().omitted("2026-11-20T01:21:00Z").dueAt())
                .contains(Instant.parse("2026-11-21T01:15:00Z"));
        // The weekly series has one answer, and it is the full one.
        assertThat(Given.series("IBM", "TIME_SERIES_WEEKLY_ADJUSTED")
                        .last("2026-11-13")
                        .answered("2026-11-20T01:20:00Z")
                        .owed()
                        .asked(Options.compactOnly(), "2026-11-20T01:21:00Z"))
                .startsWith("NONE refresh owed");
    }

    @Test
    void refreshAsksWhatIsNotDue() {
        Given given =
                Given.series("IBM", "TIME_SERIES_DAILY").last("2026-11-19").answered("2026-11-20T01:20:00Z");
        assertThat(given.asked(Options.refresh(), "2026-11-20T01:21:00Z"))
                .isEqualTo("FULL asked by --refresh: full history");
    }

    @Test
    void anAdoptedSeriesWithBarsButWithoutAnAnswerIsAskedForItsGap() {
        assertThat(Given.series("IBM", "TIME_SERIES_DAILY").last("2026-11-17").asked("2026-11-20T01:21:00Z"))
                .isEqualTo("COMPACT 2 sessions behind, last bar 2026-11-17");
    }
}
