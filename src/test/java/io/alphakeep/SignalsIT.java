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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A signal in the middle of a run: it ends in time, tells it, leaves nothing half-written, and the next run goes on. */
class SignalsIT {

    private static final int PASSING = 3;
    private static final int SERIES = 12;
    private static final String[] INGEST = {
        "ingest",
        "--json",
        "--only",
        "AAPL",
        "IBM",
        "JPM",
        "KO",
        "MSFT",
        "XOM",
        "--function",
        "TIME_SERIES_MONTHLY",
        "OVERVIEW"
    };

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    @Test
    void sigtermEndsTheRunAfterACleanCheckpoint() throws InterruptedException {
        DATABASE.execute("INSERT INTO alpha_policy VALUES ('warehouse', '\"demo\"', clock_timestamp())");
        try (StandIn api = StandIn.start(StandInOptions.defaults());
                Relay relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, PASSING)) {
            Packaged program = new Packaged(folder)
                    .with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(DATABASE.name()))
                    .with("ALPHAKEEP_DATABASE_USER", "postgres")
                    .with("ALPHAKEEP_API_KEY", "any")
                    .with("ALPHAKEEP_API_URL", relay.url());
            Packaged.Running running = program.start(INGEST);
            Await.until(
                    "what passes is committed, and all four workers wait for an answer",
                    Duration.ofSeconds(60),
                    () -> relay.arrived() == PASSING + 4
                            && DATABASE.value("SELECT count(*) FROM alpha_request")
                                    .equals(Integer.toString(PASSING)));
            running.process().destroy();
            assertThat(running.process().waitFor(10, TimeUnit.SECONDS))
                    .as("ended within 10 s")
                    .isTrue();
            Packaged.Finished finished = running.await();
            assertThat(finished.exitCode()).as(finished.all()).isEqualTo(143);
            JsonNode report = Json.read(finished.out());
            assertThat(report.at("/outcome").asText()).isEqualTo("stopped");
            assertThat(report.at("/requests/ok").asInt()).isEqualTo(PASSING);
            assertThat(report.at("/requests/failed").asInt()).isZero();
            assertThat(DATABASE.value("SELECT string_agg(outcome || ' ' || requests_ok, ',') FROM alpha_run"))
                    .isEqualTo("stopped " + PASSING);
            checkTables(PASSING);

            relay.open();
            Packaged.Finished next = program.run(INGEST);
            assertThat(next.exitCode()).as(next.all()).isZero();
            assertThat(Json.read(next.out()).at("/requests/sent").asInt()).isEqualTo(SERIES - PASSING);
            checkTables(SERIES);
        }
    }

    /** The ledger's counts are what lies in the tables, and nobody holds a series. */
    private static void checkTables(int requests) {
        assertThat(DATABASE.query(
                                "SELECT count(*), sum(rows_inserted), sum(rows_changed + rows_removed) FROM alpha_request")
                        .get(0))
                .containsExactly(
                        Integer.toString(requests),
                        DATABASE.value(
                                "SELECT (SELECT count(*) FROM alpha_market_data) + (SELECT count(*) FROM alpha_fundamental_data)"),
                        "0");
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_watermark WHERE lease_run IS NOT NULL"))
                .isEqualTo("0");
        assertThat(DATABASE.value("SELECT sum(failures_in_row) FROM alpha_watermark"))
                .isEqualTo("0");
    }
}
