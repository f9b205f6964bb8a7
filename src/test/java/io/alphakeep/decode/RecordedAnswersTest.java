package io.alphakeep.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alphakeep.catalog.Catalog;
import io.alphakeep.market.Bar;
import io.alphakeep.market.Document;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every recorded body of the catalogue's functions, against figures that a separate reading of the files gave. */
class RecordedAnswersTest {

    private static final List<Function<Bar, BigDecimal>> COLUMNS = List.of(
            Bar::open,
            Bar::high,
            Bar::low,
            Bar::close,
            Bar::volume,
            Bar::adjustedClose,
            Bar::dividendAmount,
            Bar::splitCoefficient);

    private final ObjectMapper mapper = new ObjectMapper();

    private static Decoded decode(Path folder, String file, String function) throws IOException {
        String text = function.equals("TIME_SERIES_INTRADAY") ? function + ":5min" : function;
        return Decode.bytes(text, Files.readAllBytes(folder.resolve(file)), file.endsWith(".csv"));
    }

    @TestFactory
    Stream<DynamicTest> bars() throws IOException {
        Path folder = Recorded.folder();
        return Recorded.golden("bars.tsv").stream()
                .map(golden -> DynamicTest.dynamicTest(golden[0], () -> {
                    Decoded decoded = decode(folder, golden[0], golden[1]);
                    List<Bar> bars = decoded.bars().asList();
                    assertThat(decoded.rejects()).isEmpty();
                    assertThat(decoded.documents()).isEmpty();
                    assertThat(decoded.echoedSymbol().orElse("-")).isEqualTo(golden[2]);
                    assertThat(bars).hasSize(Integer.parseInt(golden[3]));
                    assertThat(bars.get(0).timestamp().getEpochSecond()).isEqualTo(Long.parseLong(golden[4]));
                    assertThat(bars.get(bars.size() - 1).timestamp().getEpochSecond())
                            .isEqualTo(Long.parseLong(golden[5]));
                    assertThat(bars).extracting(Bar::timestamp).isSorted().doesNotHaveDuplicates();
                    for (int i = 0; i < COLUMNS.size(); i++) {
                        List<BigDecimal> values = bars.stream()
                                .map(COLUMNS.get(i))
                                .filter(Objects::nonNull)
                                .toList();
                        String sum = values.isEmpty()
                                ? "-"
                                : values.stream()
                                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                                        .toPlainString();
                        assertThat(sum).as("column %d", i).isEqualTo(golden[6 + i]);
                        assertThat(values.size()).as("column %d", i).isIn(0, bars.size());
                    }
                    assertThat(bars).allMatch(bar -> (bar.rest() != null) == golden[1].equals("GLOBAL_QUOTE"));
                }));
    }

    @TestFactory
    Stream<DynamicTest> documents() throws IOException {
        Path folder = Recorded.folder();
        return Recorded.golden("documents.tsv").stream()
                .map(golden -> DynamicTest.dynamicTest(golden[0], () -> {
                    Decoded decoded = decode(folder, golden[0], golden[1]);
                    List<Document> documents = decoded.documents();
                    assertThat(decoded.rejects()).isEmpty();
                    assertThat(decoded.bars().asList()).isEmpty();
                    assertThat(decoded.meta()).isEqualTo("{}");
                    assertThat(decoded.echoedSymbol()).contains(golden[2]);
                    String[] periods = {"annual", "quarterly", "to_date", "latest"};
                    for (int i = 0; i < periods.length; i++) {
                        String period = periods[i];
                        assertThat(documents.stream().filter(d -> d.period().equals(period)))
                                .as(period)
                                .hasSize(Integer.parseInt(golden[3 + i]));
                    }
                    TreeSet<String> dates = documents.stream()
                            .map(d -> d.asOf().toString())
                            .collect(Collectors.toCollection(TreeSet::new));
                    assertThat(dates.first()).isEqualTo(golden[7]);
                    assertThat(dates.last()).isEqualTo(golden[8]);
                    int keys = 0;
                    int altered = 0;
                    BigDecimal sum = BigDecimal.ZERO;
                    for (Document document : documents) {
                        ObjectNode financial = (ObjectNode) mapper.readTree(document.financial());
                        if (golden[1].equals("OVERVIEW")) {
                            JsonNode copy = financial.remove("MarketCap");
                            assertThat(copy).isNotNull().isEqualTo(financial.get("MarketCapitalization"));
                        }
                        keys += financial.size();
                        altered += document.altered() == null
                                ? 0
                                : mapper.readTree(document.altered()).size();
                        for (JsonNode value : financial) {
                            if (value.isTextual() && value.asText().matches("-?\\d+(\\.\\d+)?")) {
                                sum = sum.add(new BigDecimal(value.asText()));
                            }
                            assertThat(value.asText("x")).isNotIn("None", "-", "");
                        }
                    }
                    assertThat(keys).isEqualTo(Integer.parseInt(golden[9]));
                    assertThat(altered).isEqualTo(Integer.parseInt(golden[10]));
                    assertThat(sum.toPlainString()).isEqualTo(golden[11]);
                }));
    }

    /** A recording that is added later is either given figures or noticed here. */
    @Test
    void everyRecordingOfTheCatalogueHasFigures() throws IOException {
        Path folder = Recorded.folder();
        Set<String> known = Stream.concat(
                        Recorded.golden("bars.tsv").stream(), Recorded.golden("documents.tsv").stream())
                .map(golden -> golden[0])
                .collect(Collectors.toSet());
        for (var function : Catalog.functions()) {
            Path of = folder.resolve(function.name());
            if (Files.isDirectory(of)) {
                try (Stream<Path> files = Files.list(of)) {
                    assertThat(files.map(file -> folder.relativize(file).toString()))
                            .isSubsetOf(known);
                }
            }
        }
    }

    @Test
    void aTruncatedRecordingIsNeverDecoded() throws IOException {
        Path folder = Recorded.folder();
        for (String[] golden : Recorded.golden("bars.tsv")) {
            byte[] whole = Files.readAllBytes(folder.resolve(golden[0]));
            int last = whole.length;
            while (whole[last - 1] == '\n' || whole[last - 1] == '\r') {
                last--;
            }
            // Any cut before the last meaningful byte; a quote's header alone is empty, not short.
            for (int length : new int[] {last - 1, last / 2, last / 3}) {
                byte[] cut = Arrays.copyOf(whole, length);
                if (new String(cut).contains("\n") && cut[length - 1] != '\n') {
                    assertThatThrownBy(() -> Decode.bytes(
                                    golden[1].equals("TIME_SERIES_INTRADAY") ? golden[1] + ":5min" : golden[1],
                                    cut,
                                    golden[0].endsWith(".csv")))
                            .as("%s cut to %d", golden[0], length)
                            .isInstanceOf(DecodeException.class);
                }
            }
        }
    }
}
