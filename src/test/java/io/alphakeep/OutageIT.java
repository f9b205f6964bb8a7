package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.local.Fault;
import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** docs/outages.md, where the process matters: what a user sees of a trouble, and the exit code. */
class OutageIT {

    private static final String[] INGEST = {"ingest", "--only", "AAPL", "IBM", "KO", "MSFT", "--function", "OVERVIEW"};

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

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

    @Test
    void theApiAnswers503() {
        try (StandIn api = always(Fault.HTTP_503)) {
            assertEnds(
                    program(api.url().toString()),
                    "2 requests in a row came to nothing, the last: ",
                    "503",
                    "2 of 4 requests are left");
            assertThat(api.requests()).as("two requests, each repeated once").isEqualTo(4);
        }
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
    void theDatabaseIsReadOnly() {
        DATABASE.execute("ALTER DATABASE " + DATABASE.name() + " SET default_transaction_read_only = on");
        try (StandIn api = StandIn.start(StandInOptions.defaults())) {
            assertEndsWithALine(
                    program(api.url().toString()), DATABASE.name(), "is read-only (a standby, or set so)", "run again");
            assertThat(api.requests()).isZero();
        } finally {
            DATABASE.execute(
                    "SET default_transaction_read_only = off",
                    "ALTER DATABASE " + DATABASE.name() + " RESET default_transaction_read_only");
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
