package io.alphakeep.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alphakeep.market.Bar;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every figure of every recorded series, digit by digit, against a reading by tree model or by lines, and BigDecimal. */
class ColumnsOfRecordedAnswersTest {

    private final ObjectMapper mapper = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> figures() throws IOException {
        Path folder = Recorded.folder();
        return Recorded.golden("bars.tsv").stream()
                .filter(golden -> !golden[1].equals("GLOBAL_QUOTE"))
                .map(golden -> DynamicTest.dynamicTest(golden[0], () -> {
                    byte[] body = Files.readAllBytes(folder.resolve(golden[0]));
                    boolean csv = golden[0].endsWith(".csv");
                    String function = golden[1].equals("TIME_SERIES_INTRADAY") ? golden[1] + ":5min" : golden[1];
                    Decoded decoded = Decode.bytes(function, body, csv);
                    List<Map<String, BigDecimal>> expected = csv ? lines(body) : tree(body);
                    assertThat(decoded.bars().asList())
                            .extracting(ColumnsOfRecordedAnswersTest::figures)
                            .containsExactlyInAnyOrderElementsOf(expected);
                }));
    }

    private static Map<String, BigDecimal> figures(Bar bar) {
        Map<String, BigDecimal> figures = new HashMap<>();
        figures.put("open", bar.open());
        figures.put("high", bar.high());
        figures.put("low", bar.low());
        figures.put("close", bar.close());
        figures.put("volume", bar.volume());
        figures.put("adjusted close", bar.adjustedClose());
        figures.put("dividend amount", bar.dividendAmount());
        figures.put("split coefficient", bar.splitCoefficient());
        figures.values().removeIf(value -> value == null);
        return figures;
    }

    private List<Map<String, BigDecimal>> tree(byte[] body) throws IOException {
        List<Map<String, BigDecimal>> rows = new java.util.ArrayList<>();
        for (Map.Entry<String, JsonNode> top : mapper.readTree(body).properties()) {
            if (!top.getKey().equals("Meta Data")) {
                for (JsonNode row : top.getValue()) {
                    Map<String, BigDecimal> figures = new LinkedHashMap<>();
                    row.properties()
                            .forEach(field -> figures.put(
                                    field.getKey().replaceFirst("^\\d+\\. ", ""),
                                    new BigDecimal(field.getValue().asText())));
                    rows.add(figures);
                }
            }
        }
        return rows;
    }

    private static List<Map<String, BigDecimal>> lines(byte[] body) {
        List<String> lines = new String(body).lines().toList();
        String[] header = lines.get(0).replace('_', ' ').split(",");
        return lines.stream()
                .skip(1)
                .map(line -> {
                    String[] fields = line.split(",");
                    Map<String, BigDecimal> figures = new HashMap<>();
                    for (int i = 1; i < header.length; i++) {
                        figures.put(header[i], new BigDecimal(fields[i]));
                    }
                    return figures;
                })
                .toList();
    }
}
