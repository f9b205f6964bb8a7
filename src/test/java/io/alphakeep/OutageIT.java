package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.alphakeep.local.Fault;
import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.Relay;
import io.alphakeep.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/outages.md, where the process matters: what a user sees of a trouble, and the exit code. */
class OutageIT {

    private static final String[] INGEST = {"ingest", "--only", "AAPL", "IBM", "KO", "MSFT", "--function", "OVERVIEW"};

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Packaged.Running running;

    @BeforeAll
    static void demo() {
        DATABASE.asDemo();
    }

    @AfterEach
    void end() {
        if (running != null) {
            running.process().destroyForcibly();
        }
    }

    private Packaged program(String api) {
        return Packaged.of(folder, DATABASE, api)
                .with("ALPHAKEEP_RUN_WORKERS", "1")
                .with("ALPHAKEEP_RUN_ATTEMPTS", "2")
                .with("ALPHAKEEP_RUN_UNREACHABLE_LIMIT", "2");
    }

    private static StandIn always(Fault fault) {
        return StandIn.start(StandInOptions.defaults().withFaults(Map.of(fault, 1.0)));
    }

    private void assertEnds(Packaged program, String... words) {
        running = program.start(INGEST);
        Packaged.Finished finished = running.await();
        assertThat(finished.exitCode()).as(finished.all()).isEqualTo(69);
        assertThat(finished.all()).contains(words).doesNotContain("\tat ").doesNotContain("Exception:");
    }

    private void assertEndsWithALine(Packaged program, String... words) {
        assertEnds(program, words);
        assertThat(running.out()).isEmpty();
        assertThat(running.err().lines()).hasSize(1);
    }

    /** All are so: two requests, each repeated once, and no more. */
    @ParameterizedTest
    @CsvSource({"HTTP_503, http-status, 503", "TRUNCATED, cut-off, before the answer was whole"})
    void theApiIsInTrouble(Fault fault, String kind, String word) {
        try (StandIn api = always(fault)) {
            assertStopsAsking(api.url().toString(), kind, word);
            assertThat(api.requests()).isEqualTo(4);
        }
    }

    @Test
    void aPageAnswersInPlaceOfTheApi() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page =
                    "<!DOCTYPE html><html><body>Log in to go on</body></html>".getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.getResponseHeaders().set(StandIn.SIMULATED_HEADER, "true");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try {
            assertStopsAsking("http://127.0.0.1:" + server.getAddress().getPort() + "/query", "html", "HTML");
        } finally {
            server.stop(0);
        }
    }

    private void assertStopsAsking(String api, String kind, String word) {
        JsonNode report = ends(program(api), 69);
        assertThat(report.at("/outcome").asText()).isEqualTo("failed");
        assertThat(report.findValuesAsText("kind")).containsExactly("api", kind, kind);
        assertThat(report.at("/problems/1/message").asText()).contains(word);
        assertThat(report.at("/problems/0/message").asText())
                .startsWith("2 requests in a row came to nothing, the last: ")
                .endsWith("2 of 4 requests are left");
    }

    /** What starts it again after 69 must not be told that all is well because all that is due waits after a failure. */
    @Test
    void anOutageStaysOneHoweverOftenItIsStarted() {
        String[] series = {"watch", "add", "PFE", "XOM", "--function", "EARNINGS"};
        try (StandIn down = always(Fault.HTTP_503);
                StandIn up = StandIn.start(StandInOptions.defaults())) {
            assertThat(program(down.url().toString()).run(series).exitCode()).isZero();
            assertThat(program(down.url().toString()).run("ingest").exitCode()).isEqualTo(69);
            long asked = down.requests();
            Packaged.Finished again = program(down.url().toString()).run("ingest");
            assertThat(again.exitCode()).as(again.all()).isEqualTo(69);
            assertThat(again.all())
                    .contains("failed in ", "nothing was asked: 2 series failed, the API has answered nothing since")
                    .doesNotContain("nothing was due");
            assertThat(down.requests()).isEqualTo(asked);
            Packaged.Finished over = program(up.url().toString()).run("ingest", "--refresh");
            assertThat(over.exitCode()).as(over.all()).isZero();
            assertThat(up.requests()).isEqualTo(2);
        } finally {
            DATABASE.execute("DELETE FROM alpha_watch");
        }
    }

    /** One that answers is not down: every series is asked, none is stored, and the next run asks again. */
    @Test
    void answersAboutAnotherSymbol() {
        try (StandIn api = always(Fault.WRONG_SYMBOL)) {
            JsonNode report = ends(program(api.url().toString()), 3);
            assertThat(report.at("/outcome").asText()).isEqualTo("partial");
            assertThat(report.findValuesAsText("kind")).hasSize(4).containsOnly("wrong-symbol");
            assertThat(report.at("/rows/inserted").asInt()).isZero();
            assertThat(api.requests()).isEqualTo(8);
            assertThat(DATABASE.value("SELECT count(*) FROM alpha_watermark WHERE parked_reason IS NOT NULL"))
                    .isEqualTo("0");
        }
    }

    private JsonNode ends(Packaged program, int exitCode) {
        running = program.start(
                Stream.concat(Stream.of(INGEST), Stream.of("--json")).toArray(String[]::new));
        Packaged.Finished finished = running.await();
        assertThat(finished.exitCode()).as(finished.all()).isEqualTo(exitCode);
        assertThat(finished.all()).doesNotContain("\tat ").doesNotContain("Exception:");
        return Json.read(finished.out());
    }

    @Test
    void theApiDrips() {
        try (StandIn api = always(Fault.SLOW)) {
            assertEnds(
                    program(api.url().toString())
                            .with("ALPHAKEEP_FETCH_DEADLINE_SECONDS", "1")
                            .with("ALPHAKEEP_RUN_ATTEMPTS", "1"),
                    "total timeout",
                    "2 of 4 requests are left");
        }
    }

    @Test
    void theNameIsGone() {
        assertEnds(
                program("http://no-such-host.invalid/query").with("ALPHAKEEP_RUN_ATTEMPTS", "1"),
                "no-such-host.invalid",
                "2 of 4 requests are left");
    }

    @Test
    void thereIsNoDatabase() {
        try (StandIn api = StandIn.start(StandInOptions.defaults())) {
            assertEndsWithALine(
                    program(api.url().toString()).with("ALPHAKEEP_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none"),
                    "127.0.0.1:1/none is not available: ");
            assertThat(api.requests()).isZero();
        }
    }

    /** As at a failover: all sessions end in the middle of a run, and the server that is found then takes no writes. */
    @Test
    void anotherServerThatTakesNoWritesIsFoundInTheMiddle() {
        String readOnly = "ALTER DATABASE " + DATABASE.name() + " SET default_transaction_read_only = on";
        try (StandIn api = StandIn.start(StandInOptions.defaults());
                Relay relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, 1)) {
            Packaged program = program(relay.url());
            running = program.start("ingest", "--only", "PFE", "JNJ", "XOM", "--function", "OVERVIEW");
            Await.until("one is stored, one is asked", PATIENCE, () -> relay.arrived() == 2 && stored() == 1);
            DATABASE.execute(readOnly, """
                    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()""");
            relay.open();
            Packaged.Finished finished = running.await();
            assertThat(finished.exitCode()).as(finished.all()).isEqualTo(69);
            assertThat(finished.all())
                    .containsAnyOf("is read-only (a standby, or set so)", "is not available: ")
                    .contains("2 of 3 requests are left")
                    .doesNotContain("\tat ", "Exception:");
            assertThat(relay.arrived()).as("nothing more was asked").isEqualTo(2);
            assertThat(stored()).isEqualTo(1);
            takesWrites();
            DATABASE.execute("UPDATE alpha_watermark SET lease_until = clock_timestamp() WHERE lease_run IS NOT NULL");
            Packaged.Finished next = program.run("ingest", "--only", "PFE", "JNJ", "XOM", "--function", "OVERVIEW");
            assertThat(next.exitCode()).as(next.all()).isZero();
            assertThat(relay.arrived()).isEqualTo(4);
            assertThat(stored()).isEqualTo(3);
        } finally {
            takesWrites();
        }
    }

    private static int stored() {
        return Integer.parseInt(
                DATABASE.value("SELECT count(*) FROM alpha_fundamental_data WHERE ticker IN ('PFE', 'JNJ', 'XOM')"));
    }

    private static void takesWrites() {
        DATABASE.execute(
                "SET default_transaction_read_only = off",
                "ALTER DATABASE " + DATABASE.name() + " RESET default_transaction_read_only");
    }

    @Test
    void theDatabaseIsReadOnly() {
        DATABASE.execute("ALTER DATABASE " + DATABASE.name() + " SET default_transaction_read_only = on");
        try (StandIn api = StandIn.start(StandInOptions.defaults())) {
            assertEndsWithALine(
                    program(api.url().toString()), DATABASE.name(), "is read-only (a standby, or set so)", "run again");
            assertThat(api.requests()).isZero();
        } finally {
            takesWrites();
        }
    }

    @Test
    void theDatabaseHasTooFewConnections() {
        String role = "few_" + DATABASE.name();
        DATABASE.execute(
                "CREATE ROLE " + role + " LOGIN CONNECTION LIMIT 0",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + role,
                "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO " + role);
        try (StandIn api = StandIn.start(StandInOptions.defaults())) {
            Packaged program = program(api.url().toString())
                    .with("ALPHAKEEP_DATABASE_USER", role)
                    .with("ALPHAKEEP_RUN_WORKERS", "4");
            assertEndsWithALine(program, "has no connection to give", "ALPHAKEEP_RUN_WORKERS");
            assertThat(api.requests()).isZero();

            DATABASE.execute("ALTER ROLE " + role + " CONNECTION LIMIT 2");
            running = program.start(INGEST);
            Packaged.Finished finished = running.await();
            assertThat(finished.exitCode())
                    .as("four workers, two connections: " + finished.all())
                    .isZero();
            assertThat(api.requests()).isEqualTo(4);
        }
    }
}
