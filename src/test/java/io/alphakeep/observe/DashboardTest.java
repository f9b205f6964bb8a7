package io.alphakeep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.testkit.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard as a text: what Grafana would not complain of and a reader would. That its queries find something, MetricsIT tells. */
class DashboardTest {

    private static final int COLUMNS = 24;
    private static final int SCREEN = 22;

    private static JsonNode dashboard() throws IOException {
        return Json.read(Files.readString(Path.of("deploy/grafana/alphakeep.json")));
    }

    private static List<JsonNode> panels() throws IOException {
        List<JsonNode> panels = new ArrayList<>();
        dashboard().at("/panels").forEach(panels::add);
        return panels;
    }

    @Test
    void itIsOneScreenWithoutGapsAndOverlaps() throws IOException {
        Set<String> taken = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : panels()) {
            assertThat(ids.add(panel.at("/id").asInt()))
                    .as("id of " + panel.at("/title"))
                    .isTrue();
            JsonNode place = panel.at("/gridPos");
            for (int x = place.at("/x").asInt();
                    x < place.at("/x").asInt() + place.at("/w").asInt();
                    x++) {
                for (int y = place.at("/y").asInt();
                        y < place.at("/y").asInt() + place.at("/h").asInt();
                        y++) {
                    assertThat(taken.add(x + " " + y))
                            .as("place of " + panel.at("/title"))
                            .isTrue();
                    assertThat(x).isLessThan(COLUMNS);
                    assertThat(y).isLessThan(SCREEN);
                }
            }
        }
        assertThat(taken).hasSize(COLUMNS * SCREEN);
    }

    @Test
    void eachPanelHasATitleAUnitAndQueriesOfTheChosenWarehouse() throws IOException {
        assertThat(panels())
                .filteredOn(panel -> !panel.at("/type").asText().equals("row"))
                .allSatisfy(panel -> {
                    assertThat(panel.at("/title").asText()).isNotEmpty();
                    assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isIn("short", "s", "bytes");
                    assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                    assertThat(panel.at("/targets")).isNotEmpty();
                    List<String> references = new ArrayList<>();
                    panel.at("/targets").forEach(target -> {
                        references.add(target.at("/refId").asText());
                        query(
                                target.at("/expr").asText(),
                                target.at("/legendFormat").asText());
                    });
                    assertThat(references).doesNotHaveDuplicates();
                });
    }

    /** Each series is one warehouse's, is known, and what the legend names is there to be named. */
    private static void query(String expression, String legend) {
        Matcher series = Pattern.compile("\\b((?:alphakeep|agroal)_[a-z_]+)\\{job=~\"\\$job\"")
                .matcher(expression);
        assertThat(series.find()).as(expression).isTrue();
        Meter meter = Arrays.stream(Meter.values())
                .filter(known -> known.exposed().equals(series.group(1)))
                .findFirst()
                .orElse(null);
        assertThat(meter != null || series.group(1).startsWith("agroal_"))
                .as(expression)
                .isTrue();
        Matcher named = Pattern.compile("\\{\\{(\\w+)}}").matcher(legend);
        while (named.find()) {
            assertThat(expression).contains("by (" + named.group(1) + ")");
            Set<String> labels = meter == null
                    ? Set.of()
                    : meter.labels().stream().map(Label::text).collect(Collectors.toSet());
            assertThat(labels.contains(named.group(1)) || named.group(1).equals("instance"))
                    .as(expression)
                    .isTrue();
        }
        assertThat(expression).doesNotContainPattern("(sum|avg)\\(\\s*alphakeep_(?!\\w*_total)");
    }

    /** With another interval a rate would have gaps. */
    @Test
    void grafanaKnowsHowOftenPrometheusScrapes() throws IOException {
        String interval = Files.readString(Path.of("deploy/prometheus/prometheus.yaml"))
                .replaceAll("(?s).*scrape_interval: (\\w+).*", "$1");
        assertThat(Files.readString(Path.of("deploy/grafana/provisioning/datasources/prometheus.yaml")))
                .contains("timeInterval: " + interval + "\n");
    }
}
