package io.alphakeep.write;

import static io.alphakeep.write.TestBars.bar;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Bar;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Interval;
import io.alphakeep.market.Series;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityFlagsTest {

    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");
    private static final Series DAILY = Series.of("IBM", "TIME_SERIES_DAILY");

    private static BigDecimal number(String text) {
        return text == null ? null : new BigDecimal(text);
    }

    private static Series series(String ticker, String function) {
        return function.endsWith("min")
                ? Series.of(
                        ticker, "TIME_SERIES_INTRADAY", Interval.of(function).orElseThrow())
                : Series.of(ticker, function);
    }

    private static BarBefore before(String date, BigDecimal close) {
        return BarBefore.of(instant(date).getEpochSecond(), close);
    }

    private static Instant instant(String text) {
        return Instant.parse(text.contains("T") ? text : text + "T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "10, 11, 9, 10, 5, 0",
        "10, 10, 10, 10, 5, 0",
        "10, 9, 11, 10, 5, 1",
        "12, 11, 9, 10, 5, 2",
        "10, 11, 9, 8.99, 5, 2",
        "10, 11, 0, 10, 5, 4",
        "10, 11, -1, 10, 5, 4",
        "10, 11, 9, 10, 0, 8",
        "10, 11, 9, 10, 0.00, 8",
        "10, 11, 9, 10, , 0",
        ", 11, 9, 10, 5, 128",
        "10, , 9, 10, 5, 128",
        "10, 11, 9, , 5, 128",
        "12, 11, 0, , 0, 142"
    })
    void rulesOfTheRow(String open, String high, String low, String close, String volume, int flags) {
        Bar bar = new Bar(
                instant("2024-05-07"),
                number(open),
                number(high),
                number(low),
                number(close),
                number(volume),
                null,
                null,
                null,
                null);
        assertThat(new QualityFlags(DAILY, LATER).of(Bars.of(List.of(bar)), 0, BarBefore.none()))
                .isEqualTo(flags);
        assertThat(new QualityFlags(Series.of("IBM", "GLOBAL_QUOTE"), instant("2024-05-07"))
                        .of(Bars.of(List.of(bar)), 0, before("1999-01-01", BigDecimal.TEN)))
                .isEqualTo(flags);
    }

    @ParameterizedTest
    @CsvSource({
        "TIME_SERIES_DAILY, 100, 150, , 0",
        "TIME_SERIES_DAILY, 100, 150.01, , 16",
        "TIME_SERIES_DAILY, 100, 50, , 0",
        "TIME_SERIES_DAILY, 100, 49.99, , 16",
        "TIME_SERIES_DAILY, 0, 49.99, , 0",
        "TIME_SERIES_DAILY, , 49.99, , 0",
        "TIME_SERIES_DAILY_ADJUSTED, 100, 25, 4.0, 0",
        "TIME_SERIES_DAILY_ADJUSTED, 100, 25, 1.0, 16",
        "TIME_SERIES_DAILY_ADJUSTED, 10, 100, 0.1, 0",
        "TIME_SERIES_DAILY_ADJUSTED, 100, 100, 4.0, 16",
        "TIME_SERIES_WEEKLY, 100, 151, , 16",
        "5min, 100, 120, , 0",
        "5min, 100, 120.01, , 16"
    })
    void aSpikeIsAgainstTheBarBefore(String function, String before, String close, String split, int flags) {
        Instant at = instant("2024-05-07");
        BigDecimal price = number(close);
        Bar bar = new Bar(at, price, price, price, price, BigDecimal.TEN, null, null, number(split), null);
        BarBefore previous = BarBefore.of(at.minus(Duration.ofDays(1)).getEpochSecond(), number(before));
        assertThat(new QualityFlags(series("IBM", function), LATER).of(Bars.of(List.of(bar)), 0, previous))
                .isEqualTo(flags);
    }

    @ParameterizedTest
    @CsvSource({
        // Friday to Monday; Monday missing; a holiday (2024-05-27) between; the days after September 11
        "IBM, TIME_SERIES_DAILY, 2024-05-03, 2024-05-06, 0",
        "IBM, TIME_SERIES_DAILY, 2024-05-03, 2024-05-07, 32",
        "IBM, TIME_SERIES_DAILY, 2024-05-24, 2024-05-28, 0",
        "IBM, TIME_SERIES_DAILY, 2001-09-10, 2001-09-17, 0",
        "TSCO.LON, TIME_SERIES_DAILY, 2024-05-03, 2024-05-07, 0",
        "IBM, TIME_SERIES_WEEKLY, 2024-05-03, 2024-05-10, 0",
        "IBM, TIME_SERIES_WEEKLY, 2024-05-03, 2024-05-13, 32",
        "IBM, TIME_SERIES_WEEKLY_ADJUSTED, 2024-05-03, 2024-05-17, 32",
        "TSCO.LON, TIME_SERIES_WEEKLY, 2024-05-03, 2024-05-17, 32",
        "IBM, TIME_SERIES_MONTHLY, 2024-01-31, 2024-02-01, 0",
        "IBM, TIME_SERIES_MONTHLY, 2024-01-31, 2024-03-01, 32",
        "IBM, 5min, 2024-05-03, 2024-05-10, 0"
    })
    void aGapIsWhatTheCalendarMisses(String ticker, String function, String previous, String timestamp, int flags) {
        BarBefore before = before(previous, BigDecimal.TEN);
        assertThat(new QualityFlags(series(ticker, function), LATER)
                        .of(Bars.of(List.of(bar(timestamp, "10"))), 0, before))
                .isEqualTo(flags);
    }

    @ParameterizedTest
    @CsvSource({
        // 16:00 in New York is 20:00 UTC in summer; 2024-11-29 closes at 13:00, 18:00 UTC
        "IBM, TIME_SERIES_DAILY, 2024-05-07, 2024-05-07T19:59:59Z, 64",
        "IBM, TIME_SERIES_DAILY, 2024-05-07, 2024-05-07T20:00:00Z, 0",
        "IBM, TIME_SERIES_DAILY, 2024-11-29, 2024-11-29T18:00:00Z, 0",
        "TSCO.LON, TIME_SERIES_DAILY, 2024-05-07, 2024-05-07T23:59:59Z, 64",
        "TSCO.LON, TIME_SERIES_DAILY, 2024-05-07, 2024-05-08T00:00:00Z, 0",
        "IBM, TIME_SERIES_WEEKLY, 2024-05-07, 2024-05-10T19:59:59Z, 64",
        "IBM, TIME_SERIES_WEEKLY, 2024-05-07, 2024-05-10T20:00:00Z, 0",
        // Good Friday: the week ends on Thursday
        "IBM, TIME_SERIES_WEEKLY, 2024-03-28, 2024-03-28T20:00:00Z, 0",
        "TSCO.LON, TIME_SERIES_WEEKLY, 2024-05-07, 2024-05-10T23:59:59Z, 64",
        "TSCO.LON, TIME_SERIES_WEEKLY, 2024-05-07, 2024-05-11T00:00:00Z, 0",
        "IBM, TIME_SERIES_MONTHLY, 2024-05-07, 2024-05-31T19:59:59Z, 64",
        "IBM, TIME_SERIES_MONTHLY, 2024-05-31, 2024-05-31T20:00:00Z, 0",
        "IBM, TIME_SERIES_MONTHLY, 2024-03-01, 2024-03-28T20:00:00Z, 0",
        "IBM, 5min, 2024-05-07T13:30:00Z, 2024-05-07T13:34:59Z, 64",
        "IBM, 5min, 2024-05-07T13:30:00Z, 2024-05-07T13:35:00Z, 0"
    })
    void aBarRunsUntilItsPeriodIsOver(String ticker, String function, String timestamp, String now, int flags) {
        assertThat(new QualityFlags(series(ticker, function), instant(now))
                        .of(Bars.of(List.of(bar(timestamp, "10"))), 0, BarBefore.none()))
                .isEqualTo(flags);
    }
}
