package io.alphakeep.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.catalog.Catalog;
import java.time.YearMonth;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestParametersTest {

    private static String of(String ticker, String function, boolean full, YearMonth month, boolean csv) {
        var series = Catalog.series(ticker, function);
        StringBuilder query = new StringBuilder();
        RequestParameters.of(series, Catalog.function(series.function()), full, Optional.ofNullable(month), csv)
                .forEach((name, value) ->
                        query.append(query.isEmpty() ? "" : "&").append(name + "=" + value));
        return query.toString();
    }

    @Test
    void areWhatEachFunctionTakesInAFixedOrder() {
        assertThat(of("ibm", "TIME_SERIES_DAILY", false, null, false))
                .isEqualTo("function=TIME_SERIES_DAILY&symbol=IBM&outputsize=compact&datatype=json");
        assertThat(of("IBM", "TIME_SERIES_DAILY_ADJUSTED", true, null, true))
                .isEqualTo("function=TIME_SERIES_DAILY_ADJUSTED&symbol=IBM&outputsize=full&datatype=csv");
        assertThat(of("IBM", "TIME_SERIES_INTRADAY:5min", false, null, false))
                .isEqualTo("function=TIME_SERIES_INTRADAY&symbol=IBM&interval=5min&outputsize=compact&adjusted=false"
                        + "&datatype=json");
        assertThat(of("IBM", "TIME_SERIES_WEEKLY", true, null, true))
                .isEqualTo("function=TIME_SERIES_WEEKLY&symbol=IBM&datatype=csv");
        assertThat(of("IBM", "OVERVIEW", true, null, true)).isEqualTo("function=OVERVIEW&symbol=IBM");
    }

    @Test
    void aMonthIsAskedAsAWhole() {
        assertThat(of("IBM", "TIME_SERIES_INTRADAY:1min", false, YearMonth.of(2009, 1), false))
                .isEqualTo("function=TIME_SERIES_INTRADAY&symbol=IBM&interval=1min&outputsize=full&month=2009-01"
                        + "&adjusted=false&datatype=json");
        assertThatThrownBy(() -> of("IBM", "TIME_SERIES_DAILY", false, YearMonth.of(2009, 1), false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void belongToTheSeriesFunction() {
        assertThatThrownBy(() -> RequestParameters.of(
                        Catalog.series("IBM", "OVERVIEW"),
                        Catalog.function("EARNINGS"),
                        false,
                        Optional.empty(),
                        false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
