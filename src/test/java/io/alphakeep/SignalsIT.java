package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Listeners;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.Relay;
import io.alphakeep.testkit.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A signal in the middle of a run: it ends in time, tells it, leaves nothing half-written, and the next run goes on. */
class SignalsIT {

    private static final int PASSING = 3;
    private static final int SERIES = 12;
    private static final int WORKERS = 4;
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

    @RegisterExtension
    static final TestDatabase OFTEN_STOPPED = new TestDatabase();

    @RegisterExtension
    static final TestDatabase HELD = new TestDatabase();

    @TempDir
    Path folder;

    private Packaged.Running running;

    @AfterEach
    void end() {
        if (running != null) {
            running.process().destroyForcibly();
        }
    }

    @Test
    void sigtermEndsTheRunAfterACleanCheckpoint() throws InterruptedException {
        DATABASE.asDemo();
        try (StandIn api = StandIn.start(StandInOptions.defaults());
                Relay relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, PASSING)) {
            Packaged program = Packaged.of(folder, DATABASE, relay.url());
            running = program.start(INGEST);
            Await.until(
                    "what passes is committed, and all four workers wait for an answer",
                    Duration.ofSeconds(60),
                    () -> relay.arrived() == PASSING + WORKERS
                            && DATABASE.value("SELECT count(*) FROM alpha_request")
                                    .equals(Integer.toString(PASSING)));
            checkListensNowhere(running.process().pid(), relay);
            assertThat(Double.parseDouble(DATABASE.value(
                            "SELECT extract(epoch FROM max(lease_until) - clock_timestamp()) FROM alpha_watermark")))
                    .as("seconds of the default lease that are left, renewed at each third")
                    .isBetween(15.0, 30.0);
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
            checkTables(DATABASE, PASSING);

            relay.open();
            Packaged.Finished next = program.run(INGEST);
            assertThat(next.exitCode()).as(next.all()).isZero();
            assertThat(Json.read(next.out()).at("/requests/sent").asInt()).isEqualTo(SERIES - PASSING);
            checkTables(DATABASE, SERIES);
        }
    }

    /**
     * Where it is before it asks, and while it writes: each time the test's lock holds it there until the signal has come, and
     * the last time beyond its end. Grace and the wait for a lock are what they are by default.
     */
    @Test
    void atEachStepItEndsInTheSameWay() throws SQLException, InterruptedException {
        HELD.asDemo();
        try (StandIn api = StandIn.start(StandInOptions.defaults())) {
            try (Relay deaf = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, 0)) {
                running = Packaged.of(folder, HELD, deaf.url()).start(INGEST);
                stopped("as soon as there is a process");
                held(deaf, "alpha_schema_history IN ACCESS EXCLUSIVE MODE");
                held(deaf, "alpha_watch IN ACCESS EXCLUSIVE MODE");
                held(deaf, "alpha_watermark IN ACCESS EXCLUSIVE MODE");
            }
            try (Relay some = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, WORKERS)) {
                held(some, "alpha_request IN EXCLUSIVE MODE");
            }
            int written = answered(HELD);
            assertThat(written).as("what was being written is committed").isBetween(1, WORKERS);
            try (Connection test = HELD.lock("alpha_request IN EXCLUSIVE MODE")) {
                running = Packaged.of(folder, HELD, api.url().toString()).start(INGEST);
                awaitWaiting("a statement hangs");
                stopped("while a statement hangs");
                test.rollback();
            }
            assertThat(answered(HELD)).as("what hung is rolled back").isEqualTo(written);
            running = Packaged.of(folder, HELD, api.url().toString()).start(INGEST);
            Packaged.Finished last = running.await();
            assertThat(last.exitCode()).as(last.all()).isZero();
            checkTables(HELD, SERIES);
        }
    }

    private void held(Relay relay, String lock) throws SQLException, InterruptedException {
        try (Connection test = HELD.lock(lock)) {
            running = Packaged.of(folder, HELD, relay.url()).start(INGEST);
            awaitWaiting(lock);
            running.process().destroy();
            test.rollback();
            stopped(lock);
        }
    }

    private void awaitWaiting(String step) {
        Await.until(
                "it waits: " + step,
                Duration.ofSeconds(60),
                () -> !HELD.value(
                                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        .equals("0"));
    }

    /** Either it has written no line yet, or it says that it was stopped; what it committed is whole. */
    private void stopped(String step) throws InterruptedException {
        running.process().destroy();
        assertThat(running.process().waitFor(13, TimeUnit.SECONDS))
                .as("ended within the time of grace: %s", step)
                .isTrue();
        Packaged.Finished finished = running.await();
        assertThat(finished.exitCode()).as(step + ": " + finished.all()).isEqualTo(143);
        assertThat(finished.all()).as(step).doesNotContain("Exception", "\tat ");
        if (!finished.out().isEmpty()) {
            assertThat(Json.read(finished.out()).at("/outcome").asText()).isEqualTo("stopped");
        }
        assertThat(HELD.query("SELECT run, outcome FROM alpha_run WHERE outcome IS DISTINCT FROM 'stopped'"))
                .as(step)
                .isEmpty();
        checkTables(HELD, answered(HELD));
    }

    /** Random is how many answers it gets, and how many it still waits for when the signal comes. */
    @Test
    void atRandomMomentsItEndsInTheSameWay() throws InterruptedException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        OFTEN_STOPPED.asDemo();
        try (StandIn api = StandIn.start(StandInOptions.defaults())) {
            for (int stops = 0; stops < 2; stops++) {
                int left = SERIES - answered(OFTEN_STOPPED);
                int passing = random.nextInt(left - 1);
                int waited = 1 + random.nextInt(Math.min(WORKERS, left - passing));
                try (Relay relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, passing)) {
                    running = Packaged.of(folder, OFTEN_STOPPED, relay.url()).start(INGEST);
                    Await.until(
                            "the moment has come, seed " + seed,
                            Duration.ofSeconds(60),
                            () -> relay.arrived() >= passing + waited);
                    running.process().destroy();
                    assertThat(running.process().waitFor(10, TimeUnit.SECONDS))
                            .as("ended within 10 s, seed %d", seed)
                            .isTrue();
                }
                Packaged.Finished stopped = running.await();
                assertThat(stopped.exitCode())
                        .as("seed %d: %s", seed, stopped.all())
                        .isEqualTo(143);
                JsonNode report = Json.read(stopped.out());
                assertThat(report.at("/outcome").asText()).isEqualTo("stopped");
                assertThat(report.at("/requests/failed").asInt()).isZero();
                checkTables(OFTEN_STOPPED, answered(OFTEN_STOPPED));
            }
            running = Packaged.of(folder, OFTEN_STOPPED, api.url().toString()).start(INGEST);
            Packaged.Finished last = running.await();
            assertThat(last.exitCode()).as("seed %d: %s", seed, last.all()).isZero();
            checkTables(OFTEN_STOPPED, SERIES);
            assertThat(OFTEN_STOPPED.value("SELECT count(*) FROM alpha_run WHERE finished_at IS NULL"))
                    .isEqualTo("0");
        }
    }

    /** A run is no server; this test's own process, which is one, shows that it would be seen. */
    private static void checkListensNowhere(long pid, Relay relay) {
        if (Listeners.areTold()) {
            assertThat(Listeners.of(pid)).isEmpty();
            assertThat(Listeners.of(ProcessHandle.current().pid()))
                    .contains(URI.create(relay.url()).getPort());
        }
    }

    private static int answered(TestDatabase database) {
        return Integer.parseInt(database.value("SELECT count(*) FROM alpha_request"));
    }

    /** The ledger's counts are what lies in the tables, and nobody holds a series. */
    private static void checkTables(TestDatabase database, int requests) {
        assertThat(database.query(
                                "SELECT count(*), coalesce(sum(rows_inserted), 0), coalesce(sum(rows_changed + rows_removed), 0) FROM alpha_request")
                        .get(0))
                .containsExactly(
                        Integer.toString(requests),
                        database.value(
                                "SELECT (SELECT count(*) FROM alpha_market_data) + (SELECT count(*) FROM alpha_fundamental_data)"),
                        "0");
        assertThat(database.value("SELECT count(*) FROM alpha_watermark WHERE lease_run IS NOT NULL"))
                .isEqualTo("0");
        assertThat(database.value("SELECT coalesce(sum(failures_in_row), 0) FROM alpha_watermark"))
                .isEqualTo("0");
    }
}
