package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Contents;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.Relay;
import io.alphakeep.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed at each point of a request's way, every point reached from outside: a server that holds its answer, a
 * lock that the test has. The next run leaves the same tables as one that nobody disturbed, and the kill cost no more than the
 * requests in flight.
 */
class KillIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WORKERS = 4;
    private static final int SERIES = 8;
    private static final String[] INGEST =
            "ingest --json --only AAPL IBM KO MSFT --function TIME_SERIES_DAILY INCOME_STATEMENT".split(" ");

    /** All runs see the market of the same instant. */
    private static final StandInOptions API =
            StandInOptions.defaults().withClock(Clock.fixed(Instant.now(), ZoneOffset.UTC));

    @RegisterExtension
    static final TestDatabase UNDISTURBED = new TestDatabase();

    @TempDir
    static Path folder;

    private static List<List<String>> oracle;

    private final TestDatabase database = new TestDatabase();
    private final StandIn api = StandIn.start(API);

    @BeforeAll
    static void undisturbed() {
        try (StandIn api = StandIn.start(API)) {
            UNDISTURBED.asDemo();
            Packaged.Finished run = program(UNDISTURBED, api.url().toString()).run(INGEST);
            assertThat(run.exitCode()).as(run.all()).isZero();
            oracle = Contents.all(UNDISTURBED);
        }
    }

    @BeforeEach
    void make() {
        database.beforeAll(null);
        // The tests' server has it off, and loses what was committed last when it crashes.
        database.execute("ALTER DATABASE " + database.name() + " SET synchronous_commit = on");
        database.asDemo();
    }

    @AfterEach
    void drop() {
        api.close();
        database.afterAll(null);
    }

    @Test
    void beforeTheReservationAndThenBeforeTheRequestIsTaken() throws SQLException, IOException {
        try (Relay relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, Integer.MAX_VALUE);
                Connection test = database.lock("alpha_budget IN ACCESS EXCLUSIVE MODE")) {
            Packaged.Running running = program(database, relay.url()).start(INGEST);
            Await.until("the reservation waits", PATIENCE, () -> waits("alpha_budget"));
            kill(running);
            test.rollback();
            assertThat(database.requestsUsed()).isZero();
            // The system takes the connection, and nobody ever reads what comes.
            try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                Packaged.Running next = program(database, "http://127.0.0.1:" + deaf.getLocalPort() + "/query")
                        .start(INGEST);
                Await.until("every worker has its permit", PATIENCE, () -> database.requestsUsed() == WORKERS);
                kill(next);
            }
            assertThat(relay.arrived()).isZero();
            assertThat(goesOn(relay)).isEqualTo(SERIES);
        }
    }

    @Test
    void afterSomeCommitsWithRequestsInFlight() {
        try (Relay relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, 3)) {
            Packaged.Running running = startedWithThreeCommitted(relay);
            kill(running);
            assertThat(goesOn(relay)).isEqualTo(SERIES - 3);
            assertThat(relay.arrived()).isEqualTo(SERIES + WORKERS);
            // As when the minute is over for which a run counts as alive after its last sign of life.
            database.execute("UPDATE alpha_run SET alive_until = clock_timestamp() WHERE finished_at IS NULL");
            Packaged.Finished status = program(database, relay.url()).run("status");
            assertThat(status.out()).as("the kill is told").contains("killed");
        }
    }

    @Test
    void inTheMiddleOfAnAnswer() {
        try (Relay relay = Relay.holdingHalves(api.url(), StandIn.SIMULATED_HEADER, 1)) {
            Packaged.Running running = program(database, relay.url()).start(INGEST);
            Await.until(
                    "halves have been answered",
                    PATIENCE,
                    () -> relay.asked().size() == 1 + WORKERS && requests().equals("1"));
            kill(running);
            assertThat(goesOn(relay)).isEqualTo(SERIES - 1);
        }
    }

    @Test
    void inTheMiddleOfWriting() throws SQLException {
        try (Relay relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, Integer.MAX_VALUE);
                Connection test = database.dataSource().getConnection()) {
            // Somebody else's row, not committed, is what the last of the copied rows waits for.
            program(database, relay.url()).run("ingest", "--only", "KO", "--function", "TIME_SERIES_DAILY");
            int before = relay.arrived();
            String last = UNDISTURBED.value("SELECT max(\"timestamp\") FROM alpha_market_data WHERE ticker = 'IBM'");
            lock(test, """
                    INSERT INTO alpha_market_data (ticker, endpoint, "timestamp", api_function, quality_flag,
                        ingestion_epoch, updated_at)
                    VALUES ('IBM', 'TIME_SERIES_DAILY', '%s', 'TIME_SERIES_DAILY', 0, 0, now())""".formatted(last));
            Packaged.Running running = program(database, relay.url()).start(INGEST);
            Await.until("the copy waits", PATIENCE, () -> waiting("COPY%") == 1);
            kill(running);
            test.rollback();
            goesOn(relay);
            assertThat(relay.arrived() - before).isBetween(SERIES - 1, SERIES - 1 + WORKERS);
        }
    }

    @Test
    void beforeTheCommit() throws SQLException {
        try (Relay relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, 0);
                Connection test = database.dataSource().getConnection()) {
            Packaged.Running running = program(database, relay.url()).start(INGEST);
            Await.until("all workers have a lease", PATIENCE, () -> relay.arrived() == WORKERS);
            lock(test, "SELECT 1 FROM alpha_watermark FOR UPDATE");
            relay.open();
            Await.until(
                    "the rows are written, the watermark waits", PATIENCE, () -> waiting("WITH line AS%") == WORKERS);
            kill(running);
            test.rollback();
            assertThat(requests()).isEqualTo("0");
            assertThat(goesOn(relay)).isEqualTo(SERIES);
            assertThat(relay.arrived()).isEqualTo(SERIES + WORKERS);
        }
    }

    @Test
    void afterTheLastCommit() throws SQLException {
        try (Relay relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, SERIES - WORKERS);
                Connection test = database.dataSource().getConnection()) {
            Packaged.Running running = program(database, relay.url()).start(INGEST);
            Await.until("the last are asked", PATIENCE, () -> relay.arrived() == SERIES);
            lock(test, "SELECT 1 FROM alpha_run FOR UPDATE");
            relay.open();
            Await.until("the closing of the run's line waits", PATIENCE, () -> waiting("%SET finished_at%") == 1);
            assertThat(requests()).isEqualTo(String.valueOf(SERIES));
            kill(running);
            test.rollback();
            assertThat(goesOn(relay)).isZero();
            assertThat(relay.arrived()).isEqualTo(SERIES);
        }
    }

    @Test
    void whileAPartitionIsMade() throws SQLException {
        try (Relay relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, Integer.MAX_VALUE);
                Connection test = database.lock("alpha_market_data IN SHARE UPDATE EXCLUSIVE MODE")) {
            Packaged.Running running = program(database, relay.url())
                    .with("ALPHAKEEP_PARTITION_LOCK_TIMEOUT_MILLIS", "60000")
                    .start(INGEST);
            Await.until("the attaching waits", PATIENCE, () -> waits("alpha_market_data"));
            kill(running);
            test.rollback();
            goesOn(relay);
            assertThat(database.query("""
                    SELECT relname FROM pg_class c WHERE relname ~ '^alpha_market_data_[0-9_]+$' AND relkind = 'r'
                      AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid)""")).as("tables that belong to nothing").isEmpty();
        }
    }

    @Test
    void theServerCrashesWhileRowsAreWritten() throws SQLException {
        theServerGoes(database::crashServer);
    }

    @Test
    void theServerIsRestartedWhileRowsAreWritten() throws SQLException {
        theServerGoes(database::restartServer);
    }

    private void theServerGoes(Runnable how) throws SQLException {
        try (Relay relay = Relay.holding(api.url(), StandIn.SIMULATED_HEADER, 3);
                Connection test = database.dataSource().getConnection()) {
            Packaged.Running running = startedWithThreeCommitted(relay);
            lock(test, "SELECT 1 FROM alpha_watermark FOR UPDATE");
            relay.open();
            Await.until("all workers write", PATIENCE, () -> waiting("WITH line AS%") == WORKERS);
            how.run();
            Packaged.Finished run = running.await();
            assertThat(run.exitCode()).as(run.all()).isEqualTo(69);
            assertThat(run.all()).contains("database").doesNotContain("Exception", "\tat ");
            assertThat(requests()).as("what was under way").isEqualTo("3");
            assertThat(goesOn(relay)).isEqualTo(SERIES - 3);
        }
    }

    /** Three answers are committed, and every worker waits for another one. */
    private Packaged.Running startedWithThreeCommitted(Relay relay) {
        Packaged.Running running = program(database, relay.url()).start(INGEST);
        Await.until(
                "three are committed, the others wait for an answer",
                PATIENCE,
                () -> relay.arrived() == 3 + WORKERS && requests().equals("3"));
        return running;
    }

    /** The run after the kill, once the dead run's leases are over. Returns how many requests it sent. */
    private int goesOn(Relay relay) {
        relay.open();
        Await.until(
                "the dead run's leases are over",
                PATIENCE,
                () -> database.value("SELECT count(*) FROM alpha_watermark WHERE lease_until > clock_timestamp()")
                        .equals("0"));
        int used = database.requestsUsed();
        Packaged.Finished next = program(database, relay.url()).run(INGEST);
        assertThat(next.exitCode()).as(next.all()).isZero();
        JsonNode report = Json.read(next.out());
        int sent = report.at("/requests/sent").asInt();
        assertThat(database.requestsUsed() - used).isEqualTo(sent);
        assertThat(used - (relay.arrived() - sent)).as("permits lost").isBetween(0, WORKERS);
        assertThat(Contents.all(database)).isEqualTo(oracle);
        return sent;
    }

    private String requests() {
        return database.value("SELECT count(*) FROM alpha_request");
    }

    private boolean waits(String table) {
        return !database.query("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = '" + table + "'::regclass")
                .isEmpty();
    }

    /** How many statements of such a beginning wait for a lock. */
    private int waiting(String statement) {
        return Integer.parseInt(database.value("""
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%s'""".formatted(statement)));
    }

    private static void lock(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void kill(Packaged.Running running) {
        running.process().destroyForcibly();
        assertThat(running.await().exitCode()).isEqualTo(137);
        assertThat(database.value("SELECT count(*) FROM alpha_run WHERE finished_at IS NULL AND process = "
                        + running.process().pid()))
                .as("the killed run is seen")
                .isEqualTo("1");
    }

    private static Packaged program(TestDatabase database, String api) {
        return Packaged.of(folder, database, api)
                .with("ALPHAKEEP_DATABASE_LOCK_TIMEOUT_MILLIS", "60000")
                .with("ALPHAKEEP_RUN_LEASE_SECONDS", "2")
                // With a limit the count of the day survives a crash of the server, too.
                .with("ALPHAKEEP_REQUESTS_PER_DAY", "1000");
    }
}
