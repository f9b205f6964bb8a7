package io.alphakeep.local;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.catalog.Function;
import io.alphakeep.catalog.Shape;
import io.alphakeep.market.Interval;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asked for. Missing parameters read as empty texts; a repeated one counts the first time.
 *
 * @param parameters names and values, decoded
 */
record Query(Map<String, String> parameters) {

    private static final int PARAMETERS_AT_MOST = 64;

    /** @throws IllegalArgumentException when the text is not URL-encoded, or has too many parameters */
    static Query parse(String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String[] pairs = raw == null ? new String[0] : raw.split("&");
        if (pairs.length > PARAMETERS_AT_MOST) {
            throw new IllegalArgumentException("more than " + PARAMETERS_AT_MOST + " parameters");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return new Query(Map.copyOf(parameters));
    }

    String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    String function() {
        return get("function");
    }

    /** The ticker in upper case: the API answers both cases alike. */
    String symbol() {
        return get("symbol").strip().toUpperCase(Locale.ROOT);
    }

    Optional<Interval> interval() {
        return Interval.of(get("interval"));
    }

    boolean isFull() {
        return get("outputsize").equals("full");
    }

    /** Whether CSV is asked of a function that has it; the others answer JSON whatever is asked. */
    boolean wantsCsv() {
        return get("datatype").equals("csv")
                && Catalog.find(function()).map(Function::csv).orElse(true);
    }

    Optional<Shape> shape() {
        return Catalog.find(function()).map(Function::shape);
    }

    Query withSymbol(String symbol) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put("symbol", symbol);
        return new Query(Map.copyOf(changed));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
