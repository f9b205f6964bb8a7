package io.alphakeep.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alphakeep.market.Bar;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the decoder is measured against: the whole body as a tree, walked to the same bars. */
final class TreeModel {

    private final ObjectMapper mapper = new ObjectMapper();

    List<Bar> daily(byte[] body) throws IOException {
        List<Bar> bars = new ArrayList<>();
        for (Map.Entry<String, JsonNode> row :
                mapper.readTree(body).get("Time Series (Daily)").properties()) {
            JsonNode figures = row.getValue();
            bars.add(new Bar(
                    LocalDate.parse(row.getKey()).atStartOfDay().toInstant(ZoneOffset.UTC),
                    number(figures, "1. open"),
                    number(figures, "2. high"),
                    number(figures, "3. low"),
                    number(figures, "4. close"),
                    number(figures, "5. volume"),
                    null,
                    null,
                    null,
                    null));
        }
        return bars;
    }

    private static BigDecimal number(JsonNode figures, String key) {
        return new BigDecimal(figures.get(key).textValue());
    }
}
