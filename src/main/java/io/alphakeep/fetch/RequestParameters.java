package io.alphakeep.fetch;

import io.alphakeep.catalog.Function;
import io.alphakeep.market.Series;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The query parameters of one request, in a fixed order, without the key: {@code function, symbol, interval,
 * outputsize, month}, the function's fixed ones, {@code datatype}. The key is added by {@link ApiClient} and nowhere
 * else.
 */
public final class RequestParameters {

    private RequestParameters() {}

    /**
     * @param full  ask for the whole history, else for the newest 100 rows; only sent where the function takes it
     * @param month an intraday month; then the whole of it is asked, whatever {@code full} says
     * @param csv   ask for CSV; only sent where the function answers CSV
     * @throws IllegalArgumentException when the function is not the series' one, or takes no month
     */
    public static Map<String, String> of(
            Series series, Function function, boolean full, Optional<YearMonth> month, boolean csv) {
        if (!function.name().equals(series.function())) {
            throw new IllegalArgumentException(series + " is not a series of " + function.name());
        }
        if (month.isPresent() && !function.intraday()) {
            throw new IllegalArgumentException(function.name() + " takes no month");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("function", function.name());
        parameters.put("symbol", series.symbol().text());
        series.interval().ifPresent(interval -> parameters.put("interval", interval.text()));
        if (function.outputSizes()) {
            parameters.put("outputsize", full || month.isPresent() ? "full" : "compact");
        }
        month.ifPresent(m -> parameters.put("month", m.toString()));
        function.fixed().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(fixed -> parameters.put(fixed.getKey(), fixed.getValue()));
        if (function.csv()) {
            parameters.put("datatype", csv ? "csv" : "json");
        }
        return parameters;
    }
}
