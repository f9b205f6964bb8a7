package io.alphakeep.decode;

import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import io.alphakeep.market.Reject;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A quote is one bar at its latest trading day, 00:00 UTC; its price is the close, and what has no column the rest. */
final class QuoteFields {

    private static final String PRICE = "price";

    private QuoteFields() {}

    /**
     * @param fields  texts by key as the answer wrote them, in its order
     * @param meta    JSON object
     * @param payload the quote as it came
     */
    static Decoded decode(Map<String, String> fields, String meta, String payload) throws IOException {
        String day = "";
        String symbol = null;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (isDay(field.getKey())) {
                day = field.getValue();
            } else if (Keys.bare(field.getKey()).equals("symbol")) {
                symbol = field.getValue();
            }
        }
        char[] stamp = day.toCharArray();
        Rows rows = new Rows(false);
        try {
            rows.begin(stamp, 0, stamp.length);
            BarFields.Rest rest = new BarFields.Rest();
            BarFields columns = new BarFields(QuoteFields::figure);
            for (Map.Entry<String, String> field : fields.entrySet()) {
                if (!isDay(field.getKey())) {
                    columns.put(field.getKey(), field.getValue(), rows, rest);
                }
            }
            rows.rest(rest.end());
            return decoded(rows.bars(ZoneOffset.UTC), meta, symbol, List.of());
        } catch (RowFault e) {
            return decoded(Bars.none(), meta, symbol, List.of(Texts.reject(e, day, payload)));
        }
    }

    private static Decoded decoded(Bars bars, String meta, String symbol, List<Reject> rejects) {
        return new Decoded(bars, List.of(), meta, Optional.ofNullable(symbol), rejects);
    }

    private static boolean isDay(String key) {
        String bare = Keys.bare(key);
        return bare.equals("latest trading day") || bare.equals("latestday");
    }

    private static Figure figure(String key) {
        return Keys.bare(key).equals(PRICE) ? Figure.CLOSE : Keys.figure(key);
    }
}
