package io.alphakeep.decode;

import io.alphakeep.market.Bar;
import io.alphakeep.market.Reject;
import java.io.IOException;
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
            } else if (Column.bare(field.getKey()).equals("symbol")) {
                symbol = field.getValue();
            }
        }
        try {
            Row row = new Row(day, Stamps.read(day));
            BarFields.Rest rest = new BarFields.Rest();
            BarFields columns = new BarFields(QuoteFields::column);
            for (Map.Entry<String, String> field : fields.entrySet()) {
                if (!isDay(field.getKey())) {
                    columns.put(field.getKey(), field.getValue(), row, rest);
                }
            }
            row.rest = rest.end();
            Bar bar = row.at(Stamps.atStartOfDay(row.stamp));
            return new Decoded(List.of(bar), List.of(), meta, Optional.ofNullable(symbol), List.of());
        } catch (RowFault e) {
            Reject reject = Texts.reject(e, day, payload);
            return new Decoded(List.of(), List.of(), meta, Optional.ofNullable(symbol), List.of(reject));
        }
    }

    private static boolean isDay(String key) {
        String bare = Column.bare(key);
        return bare.equals("latest trading day") || bare.equals("latestday");
    }

    private static Column column(String key) {
        return Column.bare(key).equals(PRICE) ? Column.CLOSE : Column.of(key);
    }
}
