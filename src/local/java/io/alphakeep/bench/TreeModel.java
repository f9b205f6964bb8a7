package io.alphakeep.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alphakeep.market.Bar;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A body of daily bars by Jackson's tree, as most programs would read it. */
final class TreeModel {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TreeModel() {}

    /** Ascending by timestamp. */
    static List<Bar> bars(byte[] body) throws IOException {
        JsonNode series = MAPPER.readTree(body).get("Time Series (Daily)");
        List<Bar> bars = new ArrayList<>(series.size());
        for (Map.Entry<String, JsonNode> row : series.properties()) {
            Instant day =
                    LocalDate.parse(row.getKey()).atStartOfDay(ZoneOffset.UTC).toInstant();
            JsonNode value = row.getValue();
            bars.add(new Bar(
                    day,
                    figure(value, "1. open"),
                    figure(value, "2. high"),
                    figure(value, "3. low"),
                    figure(value, "4. close"),
                    figure(value, "5. volume"),
                    null,
                    null,
                    null,
                    null));
        }
        bars.sort(Comparator.comparing(Bar::timestamp));
        return bars;
    }

    private static BigDecimal figure(JsonNode row, String name) {
        return new BigDecimal(row.get(name).asText());
    }
}
