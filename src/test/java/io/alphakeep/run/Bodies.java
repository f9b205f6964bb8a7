package io.alphakeep.run;

import io.alphakeep.fetch.Body;
import io.alphakeep.fetch.FetchOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Small bodies of our own, in the shape of the API's. */
final class Bodies {

    private Bodies() {}

    /** Daily bars; each row is a date, or an intraday stamp. */
    static FetchOutcome.Data bars(String symbol, String... stamps) {
        return series(symbol, Arrays.stream(stamps).map(s -> row(s, "")).collect(Collectors.joining(",")));
    }

    /** Adjusted daily bars; the newest, given first, with a dividend. */
    static FetchOutcome.Data adjusted(String symbol, String dividend, String newest, String... others) {
        String rows = row(newest, adjustment(dividend))
                + Arrays.stream(others)
                        .map(s -> "," + row(s, adjustment("0.0000")))
                        .collect(Collectors.joining());
        return series(symbol, rows);
    }

    static FetchOutcome.Data data(String body) {
        return new FetchOutcome.Data(Body.of(body.getBytes(StandardCharsets.UTF_8)), false);
    }

    private static FetchOutcome.Data series(String symbol, String rows) {
        return data("{\"Meta Data\": {\"2. Symbol\": \"" + symbol + "\", \"5. Time Zone\": \"US/Eastern\"},"
                + "\"Time Series\": {" + rows + "}}");
    }

    private static String row(String stamp, String more) {
        return "\"" + stamp + "\": {\"1. open\": \"10.0\", \"2. high\": \"12.0\", \"3. low\": \"9.0\","
                + "\"4. close\": \"11.0\"," + more + "\"volume\": \"1000\"}";
    }

    private static String adjustment(String dividend) {
        return "\"5. adjusted close\": \"11.0\", \"7. dividend amount\": \"" + dividend
                + "\", \"8. split coefficient\": \"1.0\",";
    }
}
