package io.alphakeep.write;

import io.alphakeep.market.Bar;
import java.math.BigDecimal;

/** The whole bar as one JSON object, figures as JSON numbers (which jsonb keeps to the last digit), the rest spliced in. */
final class FullBar {

    private FullBar() {}

    static String json(Bar bar) {
        StringBuilder json = new StringBuilder(256)
                .append("{\"timestamp\":\"")
                .append(bar.timestamp())
                .append('"');
        figure(json, "open", bar.open());
        figure(json, "high", bar.high());
        figure(json, "low", bar.low());
        figure(json, "close", bar.close());
        figure(json, "volume", bar.volume());
        figure(json, "adjusted_close", bar.adjustedClose());
        figure(json, "dividend_amount", bar.dividendAmount());
        figure(json, "split_coefficient", bar.splitCoefficient());
        if (bar.rest() != null) {
            String rest = bar.rest().strip();
            String members = rest.substring(1, rest.length() - 1).strip();
            if (!members.isEmpty()) {
                json.append(',').append(members);
            }
        }
        return json.append('}').toString();
    }

    private static void figure(StringBuilder json, String name, BigDecimal value) {
        if (value != null) {
            json.append(",\"").append(name).append("\":").append(Figure.text(value));
        }
    }
}
