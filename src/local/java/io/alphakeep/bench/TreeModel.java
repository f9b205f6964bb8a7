package io.alphakeep.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import io.alphakeep.market.BarsBuilder;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;

/** A body of daily bars by Jackson's tree, as most programs would read it. */
final class TreeModel {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final long SECONDS_OF_A_DAY = 86_400;

    private TreeModel() {}

    /** Ascending by timestamp. */
    static Bars bars(byte[] body) throws IOException {
        JsonNode series = MAPPER.readTree(body).get("Time Series (Daily)");
        BarsBuilder bars = new BarsBuilder(series.size());
        for (Map.Entry<String, JsonNode> row : series.properties()) {
            JsonNode value = row.getValue();
            bars.add(LocalDate.parse(row.getKey()).toEpochDay() * SECONDS_OF_A_DAY);
            bars.put(Figure.OPEN, figure(value, "1. open"));
            bars.put(Figure.HIGH, figure(value, "2. high"));
            bars.put(Figure.LOW, figure(value, "3. low"));
            bars.put(Figure.CLOSE, figure(value, "4. close"));
            bars.put(Figure.VOLUME, figure(value, "5. volume"));
        }
        return bars.build((dropped, kept) -> {});
    }

    private static BigDecimal figure(JsonNode row, String name) {
        return new BigDecimal(row.get(name).asText());
    }
}
