package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.DatabaseLink;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.Prometheus;
import io.alphakeep.testkit.TestDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} tells, and that a real Prometheus finds all of it that the alerts and the dashboard ask for. */
class MetricsIT {

    private static final Path ALERTS = Path.of("deploy/prometheus/alerts.yaml");
    private static final Duration LONG = Served.LONG;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    private StandIn api;
    private DatabaseLink link;
    private Packaged program;
    private Served served;

    @BeforeEach
    void demoWarehouse() {
        api = StandIn.start(StandInOptions.defaults());
        link = DatabaseLink.to(DATABASE);
        DATABASE.execute(
                "INSERT INTO alpha_policy VALUES ('warehouse', '\"demo\"', clock_timestamp()) ON CONFLICT DO NOTHING",
                "INSERT INTO alpha_watch (ticker, api_function, added_at) VALUES ('IBM', 'OVERVIEW', clock_timestamp()),"
                        + " ('IBM', 'TIME_SERIES_DAILY', clock_timestamp() - interval '3 hours')",
                "VACUUM alpha_run");
        program = new Packaged(folder)
                .with("ALPHAKEEP_DATABASE_URL", link.url())
                .with("ALPHAKEEP_DATABASE_USER", PostgresServer.get().user())
                .with("ALPHAKEEP_API_KEY", "any")
                .with("ALPHAKEEP_API_URL", api.url().toString())
                .with("ALPHAKEEP_REQUESTS_PER_DAY", "1000")
                .with("ALPHAKEEP_REQUESTS_PER_MINUTE", "600")
                .with("ALPHAKEEP_REQUESTS_PER_SECOND", "20")
                .with("ALPHAKEEP_HTTP_HOST", "127.0.0.1")
                .with("ALPHAKEEP_HTTP_PORT", "0")
                .with("ALPHAKEEP_HTTP_AUTH", "platform")
                .with("ALPHAKEEP_METRICS_SAMPLE_SECONDS", "1")
                // Far from now, so that they are known and do nothing here.
                .with("ALPHAKEEP_INGEST_CRON", "0 0 0 29 2 ?")
                .with("ALPHAKEEP_MAINTAIN_CRON", "0 0 0 29 2 ?");
    }

    @AfterEach
    void stop() throws IOException {
        if (served != null) {
            served.close();
        }
        link.close();
        api.close();
    }

    @Test
    void aRealPrometheusFindsAllThatAlertsAndDashboardAskFor() throws Exception {
        // By a verb that is gone when the first scrape comes.
        assertThat(program.run("maintain").exitCode()).isZero();
        Packaged.Finished ingest = program.run("ingest", "--only", "IBM", "--function", "OVERVIEW");
        assertThat(ingest.exitCode()).as(ingest.all()).isZero();
        // A schedule that missed its time makes up for it; here it has not.
        DATABASE.execute("INSERT INTO alpha_tick VALUES ('ingest', now()), ('maintain', now()) ON CONFLICT DO NOTHING");
        served = new Served(program);
        firstScrape();
        agroalsOwnAreThoseOfTheReadme();
        load();
        try (Prometheus prometheus = Prometheus.start(folder, served.target(), ALERTS)) {
            prometheus.awaitTarget();
            AskedSeries series = new AskedSeries(prometheus);
            series.areThere();
            series.areInTheReadme();
            series.areShown();
            series.alertNothing();
        }
        assertThat(served.log()).doesNotContain("ERROR", "could not be read");
        aSpentAllowance();
        looksBehindALock();
        whoWaitsForAConnection();
        whatTheProbesAreTold();
    }

    /** Before anything happened in this process: counters at 0, and what the verbs left. */
    private void firstScrape() {
        assertThat(served.value("alphakeep_runs_total{door=\"http\",outcome=\"done\"}"))
                .isZero();
        assertThat(served.value("alphakeep_requests_total{function=\"OVERVIEW\",outcome=\"ok\"}"))
                .isZero();
        assertThat(served.value("alphakeep_run_duration_seconds_count{door=\"cron\"}"))
                .isZero();
        assertThat(served.value("alphakeep_runs_day{door=\"command\",outcome=\"done\"}"))
                .isEqualTo(1);
        assertThat(served.value("alphakeep_rows_day{effect=\"inserted\",table=\"alpha_fundamental_data\"}"))
                .isEqualTo(1);
        assertThat(served.value("alphakeep_partitions_ahead{table=\"alpha_market_data\"}"))
                .isEqualTo(3);
        assertThat(served.value("alphakeep_series{state=\"never_answered\"}")).isEqualTo(1);
        assertThat(served.value("alphakeep_staleness_seconds{function=\"TIME_SERIES_DAILY\",statistic=\"max\"}"))
                .isBetween(10_800.0, 12_000.0);
        assertThat(served.value("alphakeep_staleness_seconds{function=\"OVERVIEW\",statistic=\"median\"}"))
                .isZero();
        assertThat(served.value("alphakeep_schema_current")).isEqualTo(1);
        double floor = served.value("alphakeep_pool_floor");
        assertThat(floor).isGreaterThan(8).isEqualTo(served.value("alphakeep_pool_size"));
        assertThat(served.value("alphakeep_pool_ceiling")).isGreaterThan(floor);
        assertThat(served.value("alphakeep_pool_waiting")).isZero();
        assertThat(served.metrics())
                .contains("alphakeep_maintenance_last_success_timestamp_seconds{part=\"archive\"}")
                .doesNotContain(
                        "alphakeep_run_last_success_timestamp_seconds{door=\"http\"}",
                        "alphakeep_statements_slow",
                        "IBM");
        // Looked for once the process serves; that the tests' server does not write through is critical.
        Await.until(
                "the advice is counted",
                LONG,
                () -> served.metrics().contains("alphakeep_findings{severity=\"critical\"}"));
        assertThat(served.value("alphakeep_findings{severity=\"critical\"}")).isPositive();
    }

    /** They are another project's: a release may name them anew. */
    private void agroalsOwnAreThoseOfTheReadme() throws IOException {
        List<String> told = Pattern.compile("# TYPE (agroal_\\w+) (\\w+)")
                .matcher(served.metrics())
                .results()
                // In this format a counter's samples end so, its name does not.
                .map(type -> "| `" + type.group(1) + (type.group(2).equals("counter") ? "_total" : "") + "` | "
                        + type.group(2) + " |")
                .sorted()
                .toList();
        assertThat(Pattern.compile("\\| `agroal_\\w+` \\| \\w+ \\|")
                        .matcher(Files.readString(Path.of("README.md")))
                        .results()
                        .map(MatchResult::group)
                        .sorted())
                .isEqualTo(told);
        assertThat(served.metrics().lines().filter(line -> line.startsWith("agroal_")))
                .hasSameSizeAs(told)
                .allMatch(line -> line.contains("{datasource=\"default\"} "));
    }

    /** A run in this process: its counters move, the pool's do, and the gauges follow without being asked. */
    private void load() {
        double acquired = served.value("agroal_acquire_count_total{datasource=\"default\"}");
        assertThat(served.send("POST", "/runs?wait=true").statusCode()).isEqualTo(200);
        assertThat(served.value("alphakeep_runs_total{door=\"http\",outcome=\"done\"}"))
                .isEqualTo(1);
        assertThat(served.value("alphakeep_requests_total{function=\"TIME_SERIES_DAILY\",outcome=\"ok\"}"))
                .isEqualTo(1);
        assertThat(served.value("alphakeep_rows_total{effect=\"inserted\",table=\"alpha_market_data\"}"))
                .isGreaterThan(1_000);
        assertThat(served.value("alphakeep_run_duration_seconds_count{door=\"http\"}"))
                .isEqualTo(1);
        assertThat(served.value("agroal_acquire_count_total{datasource=\"default\"}"))
                .isGreaterThan(acquired + 5);
        Await.until("the minute's allowance is less", LONG, () -> isAllowance("minute", 600, 597, 599));
        Await.until("the second's is whole", LONG, () -> isAllowance("second", 20, 20, 20));
        Await.until(
                "what the day has used",
                LONG,
                () -> served.value("alphakeep_allowance_used_today") == DATABASE.requestsUsed());
        Await.until(
                "what is left of it",
                LONG,
                () -> isAllowance("day", 1000, 1000 - DATABASE.requestsUsed(), 1000 - DATABASE.requestsUsed()));
        Await.until(
                "the gauges tell of it",
                LONG,
                () -> served.metrics().contains("alphakeep_run_last_success_timestamp_seconds{door=\"http\"}"));
    }

    private boolean isAllowance(String window, int limit, int least, int most) {
        double left = served.value("alphakeep_allowance_remaining{window=\"" + window + "\"}");
        return served.value("alphakeep_allowance_limit{window=\"" + window + "\"}") == limit
                && least <= left
                && left <= most;
    }

    /** Each ends at its bound, which is not that of other work, and those after it are made all the same. */
    private void looksBehindALock() throws SQLException {
        double before = served.value("alphakeep_samples_total{result=\"ok\",sample=\"maintenance\"}");
        try (Connection lock =
                DATABASE.lock("alpha_watch, alpha_budget, alpha_schema_history IN ACCESS EXCLUSIVE MODE")) {
            for (String sample : List.of("series", "allowance", "schema")) {
                served.awaitAbove("alphakeep_samples_total{result=\"failed\",sample=\"" + sample + "\"}", 0);
                assertThat(served.value("alphakeep_sample_duration_seconds_max{sample=\"" + sample + "\"}"))
                        .isLessThan(4);
            }
            served.awaitAbove("alphakeep_samples_total{result=\"ok\",sample=\"maintenance\"}", before);
            lock.rollback();
        }
    }

    /** More callers than connections, all of them held up. */
    private void whoWaitsForAConnection() throws SQLException {
        try (Connection lock = DATABASE.lock("alpha_run IN ACCESS EXCLUSIVE MODE")) {
            List<CompletableFuture<HttpResponse<String>>> callers =
                    Stream.generate(() -> served.ask("/runs")).limit(50).toList();
            served.awaitAbove("agroal_awaiting_count{datasource=\"default\"}", 0);
            served.awaitAbove("alphakeep_pool_changes_total{reason=\"waiting\"}", 0);
            lock.rollback();
            callers.forEach(CompletableFuture::join);
        }
        served.awaitAbove("alphakeep_pool_waiting", 0);
        served.awaitAbove("alphakeep_pool_size", served.value("alphakeep_pool_floor"));
    }

    /** No reason to be out of service. */
    private void aSpentAllowance() {
        DATABASE.execute("UPDATE alpha_budget SET utc_used = 1000, eastern_used = 1000");
        Await.until("nothing is left", LONG, () -> served.value("alphakeep_allowance_remaining{window=\"day\"}") == 0);
        probes(200, "UP");
    }

    /** Neither the tables nor the database are a reason to be started anew. */
    private void whatTheProbesAreTold() throws SQLException {
        probes(200, "UP");
        whileTheDatabaseHangs();
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

    /** One probe asks it, and the others are told at once that it does not answer. */
    private void whileTheDatabaseHangs() {
        link.stall();
        List<CompletableFuture<HttpResponse<String>>> probes = new ArrayList<>();
        Await.until("it is told that the database hangs", Duration.ofSeconds(20), () -> {
            probes.add(served.ask("/q/health/ready"));
            assertThat(served.send("GET", "/q/health/live").statusCode()).isEqualTo(200);
            return probes.stream()
                    .filter(probe -> probe.isDone() && probe.join().statusCode() == 503)
                    .anyMatch(probe -> probe.join().body().contains("has not answered for"));
        });
        Await.until(
                "only one waits for it",
                LONG,
                () -> probes.stream().filter(probe -> !probe.isDone()).count() <= 1);
        String runs = DATABASE.value("SELECT count(*) FROM alpha_run");
        assertThat(served.send("POST", "/runs").statusCode()).isEqualTo(503);
        link.resume();
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_run"))
                .as("no run begins that nobody waits for")
                .isEqualTo(runs);
    }

    /** What the one for readiness answers by and by; the others are well all the time. */
    private void probes(int ready, String words) {
        Await.until("readiness is " + ready, LONG, () -> {
            assertThat(served.send("GET", "/q/health/live").statusCode()).isEqualTo(200);
            assertThat(served.send("GET", "/q/health/started").statusCode()).isEqualTo(200);
            HttpResponse<String> answer = served.send("GET", "/q/health/ready");
            return answer.statusCode() == ready && answer.body().contains(words);
        });
    }
}
