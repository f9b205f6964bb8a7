package io.alphakeep.write;

import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import java.nio.charset.StandardCharsets;

/**
 * The whole bar as one JSON object, figures as JSON numbers (which jsonb keeps to the last digit), the rest spliced in. The
 * keys stand in the order that jsonb gives them, shorter ones first: what comes back from storage is then alike in its
 * text.
 */
final class FullBar {

    private FullBar() {}

    static String json(Bars bars, int index) {
        StringBuilder json = new StringBuilder(256).append('{');
        byte[] text = new byte[FigureText.MAX_BYTES];
        figure(json, text, "low", bars, Figure.LOW, index);
        figure(json, text, "high", bars, Figure.HIGH, index);
        figure(json, text, "open", bars, Figure.OPEN, index);
        figure(json, text, "close", bars, Figure.CLOSE, index);
        figure(json, text, "volume", bars, Figure.VOLUME, index);
        json.append("\"timestamp\":\"").append(bars.timestamp(index)).append('"');
        after(json, text, ",\"adjusted_close\":", bars, Figure.ADJUSTED_CLOSE, index);
        after(json, text, ",\"dividend_amount\":", bars, Figure.DIVIDEND_AMOUNT, index);
        after(json, text, ",\"split_coefficient\":", bars, Figure.SPLIT_COEFFICIENT, index);
        if (bars.rest(index) != null) {
            String rest = bars.rest(index).strip();
            String members = rest.substring(1, rest.length() - 1).strip();
            if (!members.isEmpty()) {
                json.append(',').append(members);
            }
        }
        return json.append('}').toString();
    }

    private static void figure(StringBuilder json, byte[] text, String name, Bars bars, Figure figure, int index) {
        if (bars.has(figure, index)) {
            after(json.append('"').append(name), text, "\":", bars, figure, index);
            json.append(',');
        }
    }

    private static void after(StringBuilder json, byte[] text, String before, Bars bars, Figure figure, int index) {
        if (bars.has(figure, index)) {
            int length = FigureText.put(text, 0, bars, figure, index);
            json.append(before).append(new String(text, 0, length, StandardCharsets.ISO_8859_1));
        }
    }
}
