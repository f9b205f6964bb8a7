package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.Relay;
import io.alphakeep.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Three processes at once, one database, one API: nothing is asked twice and the allowance is not overspent. */
class SharedWorkIT {

    private static final List<String> TICKERS = List.of(
            "AAPL", "AMZN", "BAC", "CSCO", "CVX", "DIS", "GE", "IBM", "INTC", "JNJ", "JPM", "KO", "MSFT", "PFE", "XOM");
    private static final int SERIES = 2 * TICKERS.size();
    private static final int PER_SECOND = 5;
    private static final int PER_DAY = 20;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    @BeforeEach
    void emptyDemoWarehouse() {
        DATABASE.execute(
                "TRUNCATE alpha_market_data, alpha_fundamental_data, alpha_watermark, alpha_request, alpha_run, alpha_budget",
                "INSERT INTO alpha_policy VALUES ('warehouse', '\"demo\"', clock_timestamp()) ON CONFLICT DO NOTHING");
    }

    private Packaged program(String url) {
        return new Packaged(folder)
                .with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(DATABASE.name()))
                .with("ALPHAKEEP_DATABASE_USER", "postgres")
                .with("ALPHAKEEP_API_KEY", "any")
                .with("ALPHAKEEP_API_URL", url);
    }

    private static List<Packaged.Running> three(Packaged program) {
        List<String> arguments = new ArrayList<>(List.of("ingest", "--json", "--only"));
        arguments.addAll(TICKERS);
        arguments.addAll(List.of("--function", "TIME_SERIES_MONTHLY", "OVERVIEW"));
        List<Packaged.Running> running = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            running.add(program.start(arguments.toArray(String[]::new)));
        }
        return running;
    }

    @Test
    void eachSeriesIsAskedOnce() {
        try (StandIn api = StandIn.start(StandInOptions.defaults());
                Relay relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, 0)) {
            List<Packaged.Running> running = three(program(relay.url()));
            Await.until(
                    "each of the three holds leases",
                    Duration.ofSeconds(90),
                    () -> DATABASE.value("SELECT count(DISTINCT lease_run) FROM alpha_watermark")
                            .equals("3"));
            relay.open();
            int sent = 0;
            for (Packaged.Running one : running) {
                Packaged.Finished finished = one.await();
                assertThat(finished.exitCode()).as(finished.all()).isZero();
                JsonNode report = Json.read(finished.out());
                assertThat(report.at("/requests/sent").asInt()).isPositive();
                sent += report.at("/requests/sent").asInt();
            }
            assertThat(sent).isEqualTo(SERIES);
            assertThat(api.requests()).isEqualTo(SERIES);
            assertThat(relay.asked()).hasSize(SERIES).doesNotHaveDuplicates();
        }
        checkRows(SERIES);
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_run WHERE outcome = 'done'"))
                .isEqualTo("3");
    }

    @Test
    void theAllowanceIsSharedToo() {
        try (StandIn api = StandIn.start(StandInOptions.defaults().withLimits(PER_SECOND, 0, PER_DAY))) {
            Packaged program = program(api.url().toString())
                    .with("ALPHAKEEP_REQUESTS_PER_SECOND", Integer.toString(PER_SECOND))
                    // No bound here; with it the instants of a whole minute are kept, to be looked at.
                    .with("ALPHAKEEP_REQUESTS_PER_MINUTE", "1000")
                    .with("ALPHAKEEP_REQUESTS_PER_DAY", Integer.toString(PER_DAY));
            int sent = 0;
            int ok = 0;
            int throttled = 0;
            for (Packaged.Running one : three(program)) {
                Packaged.Finished finished = one.await();
                assertThat(finished.exitCode()).as(finished.all()).isIn(0, 75);
                JsonNode report = Json.read(finished.out());
                assertThat(report.at("/requests/failed").asInt())
                        .as(finished.all())
                        .isZero();
                assertThat(report.at("/outcome").asText()).isEqualTo("postponed");
                assertThat(report.at("/allowance/remainingToday").asInt()).isZero();
                sent += report.at("/requests/sent").asInt();
                ok += report.at("/requests/ok").asInt();
                throttled += report.at("/requests/throttled").asInt();
            }
            assertThat(sent).isEqualTo(PER_DAY);
            assertThat(api.requests()).isEqualTo(PER_DAY);
            // On a busy machine two permits of different seconds can arrive in one; such an answer costs a request.
            assertThat(ok + throttled).isEqualTo(PER_DAY);
            checkRows(ok);
        }
        assertThat(DATABASE.value("SELECT utc_used FROM alpha_budget")).isEqualTo(Integer.toString(PER_DAY));
        assertThat(Integer.parseInt(DATABASE.value("SELECT cardinality(recent) FROM alpha_budget")))
                .isGreaterThan(PER_SECOND);
        assertThat(Integer.parseInt(DATABASE.value("""
                        SELECT max(in_second) FROM (
                            SELECT count(*) OVER (ORDER BY at RANGE BETWEEN CURRENT ROW AND '0.999999 s' FOLLOWING) AS in_second
                            FROM alpha_budget, unnest(recent) AS at) AS windows"""))).isBetween(1, PER_SECOND);
    }

    private static void checkRows(int answers) {
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_request WHERE outcome = 'data'"))
                .isEqualTo(Integer.toString(answers));
        assertThat(DATABASE.value("SELECT count(DISTINCT (ticker, endpoint)) FROM alpha_request"))
                .isEqualTo(Integer.toString(answers));
        assertThat(DATABASE.value("SELECT sum(rows_inserted) FROM alpha_request"))
                .isEqualTo(
                        DATABASE.value(
                                "SELECT (SELECT count(*) FROM alpha_market_data) + (SELECT count(*) FROM alpha_fundamental_data)"));
        assertThat(DATABASE.value("SELECT sum(rows_changed + rows_removed + rows_rejected) FROM alpha_request"))
                .isEqualTo("0");
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_watermark WHERE lease_run IS NOT NULL"))
                .isEqualTo("0");
    }
}
