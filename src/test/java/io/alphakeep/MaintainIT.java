package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Maintenance as a user runs it: dry, for real, again, two at once, and ended by a signal. */
class MaintainIT {

    private static final String PARTITIONS =
            "SELECT count(*) FROM pg_inherits WHERE inhparent = 'alpha_market_data'::regclass";

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    private Packaged program() {
        return new Packaged(folder)
                .with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(DATABASE.name()))
                .with("ALPHAKEEP_DATABASE_USER", "postgres");
    }

    private static JsonNode report(Packaged.Finished finished, int exitCode) {
        assertThat(finished.exitCode()).as(finished.all()).isEqualTo(exitCode);
        return Json.read(finished.out());
    }

    @Test
    void itsLife() throws SQLException, InterruptedException {
        Packaged.Finished set = program().run("policy", "set", "partition.months-ahead=2", "ledger.keep-days=30");
        assertThat(set.exitCode()).as(set.all()).isZero();

        Packaged.Finished dry = program().run("maintain", "partitions", "--dry-run");
        assertThat(dry.exitCode()).as(dry.all()).isZero();
        assertThat(dry.out().lines().filter(line -> !line.startsWith("-- ")))
                .hasSize(3)
                .allMatch(line -> line.startsWith("SELECT create_monthly_partition('alpha_market_data', '"));
        assertThat(DATABASE.value(PARTITIONS)).isEqualTo("0");
        DATABASE.execute(dry.out());
        assertThat(DATABASE.value(PARTITIONS)).isEqualTo("3");
        assertThat(program().run("maintain", "partitions", "--dry-run").out()).isEqualTo("-- nothing is due\n");

        // Two at once: what both find due is done once, by one of them.
        DATABASE.execute(
                "INSERT INTO alpha_maintenance (action, target, started_at, outcome) SELECT 'x', i::text, '2020-01-01Z', 'done' FROM generate_series(1, 5000) i");
        Packaged.Running one = program().start("maintain", "--json");
        Packaged.Running two = program().start("maintain", "--json");
        String outcomes = report(one.await(), 0).at("/outcome").asText()
                + report(two.await(), 0).at("/outcome").asText();
        assertThat(outcomes).isIn("donedone", "donenothing", "nothingdone");
        assertThat(
                        DATABASE.value(
                                "SELECT count(*) || ' ' || count(DISTINCT (action, target)) FROM alpha_maintenance WHERE action <> 'pass'"))
                // Three indexes, the parent's statistics, the old lines.
                .isEqualTo("5 5");

        JsonNode again = report(program().run("maintain", "--json"), 0);
        assertThat(again.at("/outcome").asText()).isEqualTo("done");
        assertThat(again.at("/steps")).isEmpty();
        Packaged.Finished status = program().run("status");
        assertThat(status.out()).contains("last maintenance: 20").contains("Z, done (0 done");

        stopped();
    }

    /** A step that would wait for long is cancelled by the signal. */
    private void stopped() throws SQLException, InterruptedException {
        try (Connection holder = DATABASE.dataSource().getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE alpha_market_data IN SHARE UPDATE EXCLUSIVE MODE");
            Packaged program = program().with("ALPHAKEEP_PARTITION_LOCK_TIMEOUT_MILLIS", "60000");
            assertThat(program.run("policy", "set", "partition.months-ahead=3").exitCode())
                    .isZero();
            Packaged.Running running = program.start("maintain", "--json");
            Await.until(
                    "it waits for the lock",
                    Duration.ofSeconds(60),
                    () -> DATABASE.value("SELECT count(*) FROM pg_locks WHERE NOT granted")
                            .equals("1"));
            running.process().destroy();
            assertThat(running.process().waitFor(10, TimeUnit.SECONDS))
                    .as("ended within 10 s")
                    .isTrue();
            JsonNode report = report(running.await(), 143);
            assertThat(report.at("/outcome").asText()).isEqualTo("stopped");
            assertThat(report.at("/steps/0/outcome").asText()).isEqualTo("postponed");
            holder.rollback();
        }
        assertThat(DATABASE.value(PARTITIONS)).isEqualTo("3");
    }
}
