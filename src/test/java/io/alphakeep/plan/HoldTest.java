package io.alphakeep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Series;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldTest {

    private static final Instant FAILED = Instant.parse("2026-11-20T02:00:00Z");

    @ParameterizedTest(name = "after {0} failures {1}")
    @CsvSource({"1, PT10M", "2, PT20M", "3, PT40M", "8, PT21H20M", "9, PT24H", "64, PT24H", "2147483647, PT24H"})
    void waitsTwiceAsLongAfterEachFailure(int failures, Duration wait) {
        assertThat(Hold.waitAfter(failures)).isEqualTo(wait);
        Given given = Given.series("IBM", "OVERVIEW").failed(failures, FAILED);
        String again = FAILED.plus(wait).toString();
        Omission omission = given.omitted(FAILED.plus(wait).minusSeconds(1).toString());
        assertThat(omission.dueAt()).contains(Instant.parse(again));
        assertThat(given.asked(again)).isEqualTo("NONE never answered");
    }

    @Test
    void saysHowOftenItFailedAndWhenItIsAskedAgain() {
        assertThat(Given.series("IBM", "OVERVIEW")
                        .failed(3, FAILED)
                        .omitted("2026-11-20T02:39:00Z")
                        .reason())
                .isEqualTo("failed 3 times in a row, again after 2026-11-20T02:40Z");
        assertThat(Given.series("IBM", "OVERVIEW")
                        .failed(1, FAILED)
                        .omitted("2026-11-20T02:09:00Z")
                        .reason())
                .isEqualTo("failed once, again after 2026-11-20T02:10Z");
    }

    @Test
    void refreshAndAnExplicitNameDoNotWait() {
        Given given = Given.series("IBM", "OVERVIEW").failed(3, FAILED);
        assertThat(given.asked(Options.refresh(), "2026-11-20T02:01:00Z")).isEqualTo("NONE asked by --refresh");
        assertThat(given.asked(Options.explicit(), "2026-11-20T02:01:00Z")).isEqualTo("NONE never answered");
    }

    @Test
    void theLongerOfTwoWaitsIsTold() {
        Given given = Given.series("IBM", "EARNINGS").answered("2026-11-13T02:30:00Z");
        assertThat(given.failed(1, FAILED).omitted("2026-11-20T02:05:00Z").reason())
                .isEqualTo("up to date until 2026-11-20T02:30Z");
        assertThat(given.failed(3, FAILED).omitted("2026-11-20T02:05:00Z").reason())
                .isEqualTo("failed 3 times in a row, again after 2026-11-20T02:40Z");
    }

    @Test
    void aParkedSeriesIsAskedOnlyByItsName() {
        Given given = Given.series("XXXX", "OVERVIEW").parked("unknown symbol");
        Omission omission = given.omitted(Options.refresh(), "2026-11-20T02:00:00Z");
        assertThat(omission.reason()).isEqualTo("parked: unknown symbol");
        assertThat(omission.dueAt()).isEmpty();
        assertThat(given.asked(Options.explicit(), "2026-11-20T02:00:00Z")).isEqualTo("NONE never asked");
    }

    @Test
    void backfillsAreHeldAsWell() {
        Given given = Given.series("IBM", "TIME_SERIES_INTRADAY:5min").from("2026-01-01");
        assertThat(given.failed(1, FAILED).omitted("2026-11-20T02:09:00Z").reason())
                .startsWith("failed once");
        assertThat(given.parked("premium").omitted("2026-11-20T09:00:00Z").reason())
                .isEqualTo("parked: premium");
    }

    @Test
    void aFunctionThatThisVersionDoesNotKnowIsLeftOut() {
        Given given = Given.series(Series.of("IBM", "FUTURE_SERIES"));
        assertThat(given.omitted("2026-11-20T02:00:00Z").reason())
                .isEqualTo("this version knows no function FUTURE_SERIES");
    }
}
