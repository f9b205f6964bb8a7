package io.alphakeep.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.config.Failure;
import io.alphakeep.market.Interval;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import java.io.StringReader;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchCsvTest {

    private static List<WatchEntry> read(String text) {
        return WatchCsv.read(new StringReader(text), "list.csv");
    }

    @Test
    void readsTickersFunctionsAndOptions() {
        assertThat(
                        read(
                                "ticker,function,options\r\nIBM,TIME_SERIES_DAILY\r\nBRK.B,TIME_SERIES_INTRADAY:5min,from=2020-01-01;priority=5;every=1h\n"))
                .containsExactly(
                        new WatchEntry(Series.of("IBM", "TIME_SERIES_DAILY"), Optional.empty(), 0, Optional.empty()),
                        new WatchEntry(
                                Series.of("BRK.B", "TIME_SERIES_INTRADAY", Interval.FIVE_MINUTES),
                                Optional.of(LocalDate.of(2020, 1, 1)),
                                5,
                                Optional.of(Duration.ofHours(1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IBM,TIME_SERIES_DAILY | list.csv, line 1: the header line is missing",
                "ticker,function#IBM | list.csv, line 2: it must have two or three fields",
                "ticker,function#IBM,OVERVIEW#I M,OVERVIEW | list.csv, line 3: 'I M' is not a ticker",
                "ticker,function#IBM,NONE | line 2: 'NONE' is not a known function",
                "ticker,function,options#IBM,OVERVIEW,colour=red | line 2: unknown option 'colour'; there are: from, priority, every",
                "ticker,function,options#IBM,OVERVIEW,priority=1000 | line 2: priority '1000' must be"
            })
    void aBadLineIsNamedAndNothingIsTaken(String text, String expected) {
        assertThatThrownBy(() -> read(text.strip().replace('#', '\n'))).isInstanceOfSatisfying(Failure.class, f -> {
            assertThat(f.kind()).isEqualTo(Failure.Kind.USAGE);
            assertThat(f.line()).contains(expected.strip()).contains("nothing was imported");
        });
    }
}
