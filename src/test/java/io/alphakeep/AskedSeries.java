package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Prometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the alerts and the dashboard ask a Prometheus for, and whether it has it. */
final class AskedSeries {

    private static final Path DASHBOARD = Path.of("deploy/grafana/alphakeep.json");
    /** A metric of ours, of the pool or of Prometheus, with its labels. */
    private static final Pattern SELECTOR =
            Pattern.compile("\\b(up|(?:alphakeep|agroal)_[a-z0-9_]+)(\\{[^}]*})?(?![a-z_])");

    private static final Pattern GROUPED = Pattern.compile("by \\(([a-z, ]+)\\) ?\\(");

    private final Prometheus prometheus;

    AskedSeries(Prometheus prometheus) {
        this.prometheus = prometheus;
    }

    /** Each series is there, with the labels that it is chosen and grouped by. */
    void areThere() throws IOException {
        List<String> expressions = new ArrayList<>(dashboard());
        prometheus
                .get("/api/v1/rules")
                .at("/data/groups/0/rules")
                .forEach(rule -> expressions.add(rule.at("/query").asText()));
        assertThat(expressions).hasSizeGreaterThan(40);
        Set<String> selectors = new TreeSet<>();
        for (String expression : expressions) {
            prometheus.query(expression);
            selectors.addAll(SELECTOR.matcher(expression)
                    .results()
                    .map(found -> found.group())
                    .toList());
            Matcher grouped = GROUPED.matcher(expression);
            while (grouped.find()) {
                labels(grouped.group(1), first(expression.substring(grouped.end())));
            }
        }
        assertThat(selectors).anyMatch(selector -> selector.startsWith("up{"));
        for (String selector : selectors) {
            assertThat(prometheus.query("count(" + selector + ") > 0"))
                    .as(selector)
                    .hasSize(1);
        }
    }

    /** Through whatever functions it goes. */
    private static String first(String expression) {
        Matcher selector = SELECTOR.matcher(expression);
        assertThat(selector.find()).as(expression).isTrue();
        return selector.group();
    }

    private void labels(String names, String series) {
        for (String label : names.split(", ?")) {
            JsonNode found = prometheus.query("count by (" + label + ") (" + series + ")");
            assertThat(found.at("/0/metric/" + label).asText())
                    .as(label + " of " + series)
                    .isNotEmpty();
        }
    }

    /** No panel is empty, nor is the choice of a warehouse. */
    void areShown() throws IOException {
        for (String expression : dashboard()) {
            // What is known after a day can't be seen here.
            if (expression.contains("offset 1d")) {
                continue;
            }
            // A rate or a line through points takes a second scrape.
            Await.until(
                    expression, Served.LONG, () -> !prometheus.query(expression).isEmpty());
        }
        JsonNode choices = Json.read(Files.readString(DASHBOARD)).at("/templating/list");
        for (JsonNode choice : choices) {
            Matcher values = Pattern.compile("label_values\\((\\w+), (\\w+)\\)")
                    .matcher(choice.at("/definition").asText());
            if (choice.at("/type").asText().equals("query")) {
                assertThat(values.matches()).isTrue();
                labels(values.group(2), values.group(1));
            }
        }
    }

    /** All that is exposed, and not only what is asked for; a summary's count and sum go without saying. */
    void areInTheReadme() throws IOException {
        List<String> names = new ArrayList<>();
        prometheus.get("/api/v1/label/__name__/values").at("/data").forEach(name -> names.add(name.asText()));
        assertThat(names.stream()
                        .filter(name -> name.startsWith("alphakeep_"))
                        .map(name -> "`" + name.replaceFirst("(_seconds)_(count|sum)$", "$1") + "`"))
                .hasSizeGreaterThan(50)
                .isSubsetOf(Pattern.compile("`\\w+`")
                        .matcher(Files.readString(Path.of("README.md")))
                        .results()
                        .map(MatchResult::group)
                        .toList());
    }

    /** Each rule can be evaluated, and of a warehouse that is well none fires. */
    void alertNothing() {
        Await.until("the rules were evaluated", Served.LONG, () -> {
            JsonNode rules = prometheus.get("/api/v1/rules").at("/data/groups/0/rules");
            for (JsonNode rule : rules) {
                assertThat(rule.at("/lastError").asText())
                        .as(rule.at("/name").asText())
                        .isEmpty();
                if (!rule.at("/health").asText().equals("ok")) {
                    return false;
                }
            }
            return true;
        });
        assertThat(prometheus.query("ALERTS{alertstate=\"firing\"}")).isEmpty();
    }

    /**
     * The dashboard's queries, with what Grafana puts in their place; but for those of pg_stat_statements, which the tests' server
     * has not got.
     */
    private static List<String> dashboard() throws IOException {
        List<String> queries = new ArrayList<>();
        for (JsonNode panel : Json.read(Files.readString(DASHBOARD)).at("/panels")) {
            panel.at("/targets")
                    .forEach(target -> queries.add(target.at("/expr")
                            .asText()
                            .replace("$__rate_interval", "1m")
                            .replace("$job", "alphakeep")));
        }
        assertThat(queries.removeIf(query -> query.contains("(alphakeep_statement")))
                .isTrue();
        return queries;
    }
}
