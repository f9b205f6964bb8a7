package io.alphakeep.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import io.alphakeep.market.BarsBuilder;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/** What the decoder is measured against: the whole body as a tree, walked to the same columns. */
final class TreeModel {

    private final ObjectMapper mapper = new ObjectMapper();

    Bars daily(byte[] body) throws IOException {
        BarsBuilder bars = new BarsBuilder(128);
        for (Map.Entry<String, JsonNode> row :
                mapper.readTree(body).get("Time Series (Daily)").properties()) {
            JsonNode figures = row.getValue();
            bars.add(LocalDate.parse(row.getKey()).atStartOfDay().toEpochSecond(ZoneOffset.UTC));
            bars.put(Figure.OPEN, number(figures, "1. open"));
            bars.put(Figure.HIGH, number(figures, "2. high"));
            bars.put(Figure.LOW, number(figures, "3. low"));
            bars.put(Figure.CLOSE, number(figures, "4. close"));
            bars.put(Figure.VOLUME, number(figures, "5. volume"));
        }
        return bars.build((dropped, kept) -> {});
    }

    private static BigDecimal number(JsonNode figures, String key) {
        return new BigDecimal(figures.get(key).textValue());
    }
}
