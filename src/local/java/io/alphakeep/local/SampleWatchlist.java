package io.alphakeep.local;

import java.util.List;
import java.util.stream.Collectors;

/** What a demo warehouse begins with: ten tickers by five functions. */
final class SampleWatchlist {

    private static final List<String> TICKERS =
            List.of("AAPL", "AMZN", "DIS", "GE", "IBM", "JPM", "KO", "MSFT", "NVDA", "XOM");
    private static final List<String> FUNCTIONS = List.of(
            "TIME_SERIES_DAILY",
            "TIME_SERIES_WEEKLY_ADJUSTED",
            "TIME_SERIES_INTRADAY:5min",
            "OVERVIEW",
            "INCOME_STATEMENT");

    static final String CSV = TICKERS.stream()
            .flatMap(ticker -> FUNCTIONS.stream().map(function -> ticker + "," + function))
            .collect(Collectors.joining("\n", "ticker,function\n", "\n"));

    private SampleWatchlist() {}
}
