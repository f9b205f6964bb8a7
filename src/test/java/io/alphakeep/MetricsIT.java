package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.Prometheus;
import io.alphakeep.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} tells, and that a real Prometheus finds all of it that the alerts and the dashboard ask for. */
class MetricsIT {

    private static final Path ALERTS = Path.of("deploy/prometheus/alerts.yaml");
    private static final Path DASHBOARD = Path.of("deploy/grafana/alphakeep.json");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
    /** A metric of ours or of the pool, with its labels. */
    private static final Pattern SELECTOR = Pattern.compile("\\b((?:alphakeep|agroal)_[a-z0-9_]+)(\\{[^}]*})?");

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private StandIn api;
    private Packaged program;
    private Packaged.Running serving;
    private String url = "";

    @BeforeEach
    void demoWarehouse() {
        api = StandIn.start(StandInOptions.defaults());
        DATABASE.execute(
                "INSERT INTO alpha_policy VALUES ('warehouse', '\"demo\"', clock_timestamp()) ON CONFLICT DO NOTHING",
                "INSERT INTO alpha_watch (ticker, api_function, added_at) VALUES ('IBM', 'OVERVIEW', clock_timestamp()),"
                        + " ('IBM', 'TIME_SERIES_DAILY', clock_timestamp())",
                "VACUUM alpha_run");
        program = new Packaged(folder)
                .with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(DATABASE.name()))
                .with("ALPHAKEEP_DATABASE_USER", "postgres")
                .with("ALPHAKEEP_API_KEY", "any")
                .with("ALPHAKEEP_API_URL", api.url().toString())
                .with("ALPHAKEEP_REQUESTS_PER_DAY", "1000")
                .with("ALPHAKEEP_REQUESTS_PER_MINUTE", "600")
                .with("ALPHAKEEP_HTTP_HOST", "127.0.0.1")
                .with("ALPHAKEEP_HTTP_PORT", "0")
                .with("ALPHAKEEP_HTTP_AUTH", "platform")
                .with("ALPHAKEEP_METRICS_SAMPLE_SECONDS", "1")
                // Far from now, so that they are known and do nothing here.
                .with("ALPHAKEEP_INGEST_CRON", "0 0 0 29 2 ?")
                .with("ALPHAKEEP_MAINTAIN_CRON", "0 0 0 29 2 ?");
    }

    @AfterEach
    void stop() {
        if (serving != null) {
            serving.process().destroyForcibly();
        }
        api.close();
    }

    private void serve() {
        // A schedule that missed its time makes up for it; here it has not.
        DATABASE.execute("INSERT INTO alpha_tick VALUES ('ingest', now()), ('maintain', now()) ON CONFLICT DO NOTHING");
        serving = program.start("serve");
        Await.until("it listens", LONG, () -> {
            Matcher place = LISTENING.matcher(serving.err());
            if (place.find()) {
                url = place.group(1);
            }
            return !url.isEmpty() || !serving.isAlive();
        });
        Await.until("it is ready", LONG, () -> send("GET", "/q/health/ready").statusCode() == 200);
    }

    private HttpResponse<String> send(String method, String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String metrics() {
        HttpResponse<String> answer = send("GET", "/q/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** The value of the one line that begins so. */
    private double value(String series) {
        List<String> lines =
                metrics().lines().filter(line -> line.startsWith(series + " ")).toList();
        assertThat(lines).as(series).hasSize(1);
        return Double.parseDouble(lines.get(0).substring(series.length() + 1));
    }

    @Test
    void aRealPrometheusFindsAllThatAlertsAndDashboardAskFor() throws IOException, SQLException {
        // By a verb that is gone when the first scrape comes.
        assertThat(program.run("maintain").exitCode()).isZero();
        Packaged.Finished ingest = program.run("ingest", "--only", "IBM", "--function", "OVERVIEW");
        assertThat(ingest.exitCode()).as(ingest.all()).isZero();
        serve();
        firstScrape();
        load();
        try (Prometheus prometheus = Prometheus.start(folder, url.substring("http://".length()), ALERTS)) {
            prometheus.awaitTarget();
            everySeriesIsThere(prometheus);
            theRulesAreEvaluated(prometheus);
        }
        assertThat(serving.err()).doesNotContain("ERROR", "could not be read");
        whatTheProbesAreTold();
    }

    /** A spent allowance is no reason to be out of service, and neither tables nor database one to be started anew. */
    private void whatTheProbesAreTold() throws SQLException {
        probes(200, "UP");
        DATABASE.execute("UPDATE alpha_budget SET utc_used = 1000, eastern_used = 1000");
        Await.until("nothing is left", LONG, () -> value("alphakeep_allowance_remaining{window=\"day\"}") == 0);
        probes(200, "UP");
        DATABASE.execute("INSERT INTO alpha_schema_history VALUES"
                + " (999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', now(), 1, true)");
        probes(503, "newer");
        DATABASE.execute("DELETE FROM alpha_schema_history WHERE installed_rank = 999");
        probes(200, "UP");
        try (Connection connection = PostgresServer.get().dataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + DATABASE.name() + " ALLOW_CONNECTIONS false");
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + DATABASE.name() + "'");
            probes(503, "the database is not available");
            statement.execute("ALTER DATABASE " + DATABASE.name() + " ALLOW_CONNECTIONS true");
        }
        probes(200, "UP");
    }

    /** What the one for readiness answers by and by; the others are well all the time. */
    private void probes(int ready, String words) {
        Await.until("readiness is " + ready, LONG, () -> {
            assertThat(send("GET", "/q/health/live").statusCode()).isEqualTo(200);
            assertThat(send("GET", "/q/health/started").statusCode()).isEqualTo(200);
            HttpResponse<String> answer = send("GET", "/q/health/ready");
            return answer.statusCode() == ready && answer.body().contains(words);
        });
    }

    /** Before anything happened in this process: counters at 0, and what the verbs left. */
    private void firstScrape() {
        assertThat(value("alphakeep_runs_total{door=\"http\",outcome=\"done\"}"))
                .isZero();
        assertThat(value("alphakeep_requests_total{function=\"OVERVIEW\",outcome=\"ok\"}"))
                .isZero();
        assertThat(value("alphakeep_run_duration_seconds_count{door=\"cron\"}")).isZero();
        assertThat(value("alphakeep_runs_day{door=\"command\",outcome=\"done\"}"))
                .isEqualTo(1);
        assertThat(value("alphakeep_rows_day{effect=\"inserted\",table=\"alpha_fundamental_data\"}"))
                .isEqualTo(1);
        assertThat(value("alphakeep_partitions_ahead{table=\"alpha_market_data\"}"))
                .isEqualTo(3);
        assertThat(value("alphakeep_series{state=\"never_answered\"}")).isEqualTo(1);
        assertThat(value("alphakeep_schema_current")).isEqualTo(1);
        assertThat(metrics())
                .contains("alphakeep_maintenance_last_success_timestamp_seconds{part=\"archive\"}")
                .doesNotContain("alphakeep_run_last_success_timestamp_seconds{door=\"http\"}", "IBM");
        // Looked for once the process serves; that the tests' server does not write through is critical.
        Await.until(
                "the advice is counted", LONG, () -> metrics().contains("alphakeep_findings{severity=\"critical\"}"));
        assertThat(value("alphakeep_findings{severity=\"critical\"}")).isPositive();
    }

    /** A run in this process: its counters move, the pool's do, and the gauges follow without being asked. */
    private void load() {
        double acquired = value("agroal_acquire_count_total{datasource=\"default\"}");
        assertThat(send("POST", "/runs?wait=true").statusCode()).isEqualTo(200);
        assertThat(value("alphakeep_runs_total{door=\"http\",outcome=\"done\"}"))
                .isEqualTo(1);
        assertThat(value("alphakeep_requests_total{function=\"TIME_SERIES_DAILY\",outcome=\"ok\"}"))
                .isEqualTo(1);
        assertThat(value("alphakeep_rows_total{effect=\"inserted\",table=\"alpha_market_data\"}"))
                .isGreaterThan(1_000);
        assertThat(value("alphakeep_run_duration_seconds_count{door=\"http\"}")).isEqualTo(1);
        assertThat(value("agroal_acquire_count_total{datasource=\"default\"}")).isGreaterThan(acquired + 5);
        Await.until(
                "the gauges tell of it",
                LONG,
                () -> metrics().contains("alphakeep_run_last_success_timestamp_seconds{door=\"http\"}"));
    }

    private void everySeriesIsThere(Prometheus prometheus) throws IOException {
        List<String> expressions = new ArrayList<>(dashboard());
        prometheus
                .get("/api/v1/rules")
                .at("/data/groups/0/rules")
                .forEach(rule -> expressions.add(rule.at("/query").asText()));
        assertThat(expressions).hasSizeGreaterThan(40);
        Set<String> selectors = new TreeSet<>();
        for (String expression : expressions) {
            prometheus.query(expression);
            Matcher matcher = SELECTOR.matcher(expression);
            while (matcher.find()) {
                selectors.add(matcher.group());
            }
        }
        for (String selector : selectors) {
            assertThat(prometheus.query("count(" + selector + ") > 0"))
                    .as(selector)
                    .hasSize(1);
        }
        // The labels that expressions group by.
        for (String expression : expressions) {
            Matcher grouped = Pattern.compile("by \\(([a-z, ]+)\\) \\(\\s*(" + SELECTOR.pattern() + ")\\s*\\)")
                    .matcher(expression);
            while (grouped.find()) {
                for (String label : grouped.group(1).split(", ?")) {
                    String series = grouped.group(2);
                    JsonNode found = prometheus.query("count by (" + label + ") (" + series + ")");
                    assertThat(found.at("/0/metric/" + label).asText())
                            .as(label + " of " + series)
                            .isNotEmpty();
                }
            }
        }
    }

    private static void theRulesAreEvaluated(Prometheus prometheus) {
        Await.until("the rules were evaluated", LONG, () -> {
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
        // A warehouse that has just been filled and maintained is well.
        assertThat(prometheus.query("ALERTS{alertstate=\"firing\"}")).isEmpty();
    }

    /** The dashboard's queries, with what Grafana puts in their place. */
    private static List<String> dashboard() throws IOException {
        List<String> queries = new ArrayList<>();
        for (JsonNode panel : Json.read(Files.readString(DASHBOARD)).at("/panels")) {
            panel.at("/targets")
                    .forEach(target -> queries.add(target.at("/expr")
                            .asText()
                            .replace("$__rate_interval", "1m")
                            .replace("$job", "alphakeep")));
        }
        return queries;
    }
}
