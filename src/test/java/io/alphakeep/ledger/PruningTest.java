package io.alphakeep.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class PruningTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Instant BEFORE = Instant.parse("2025-01-01T00:00:00Z");

    private final Pruning pruning = new Pruning(DATABASE.transactions());

    @BeforeEach
    void empty() {
        DATABASE.execute("TRUNCATE alpha_request, alpha_reject, alpha_run, alpha_maintenance RESTART IDENTITY");
    }

    private static void requests(int run, String from, int lines) {
        DATABASE.execute("""
                INSERT INTO alpha_request (run, ticker, endpoint, parameters, requested_at, outcome, http_status, duration_ms, body_bytes)
                SELECT %d, 'T', 'E', '{}', timestamptz '%s' + i * interval '1 second', 'data', 200, 1, 1
                FROM generate_series(0, %d) i
                """.formatted(run, from, lines - 1));
    }

    private static void run(String startedAt, String finishedAt) {
        DATABASE.execute("""
                INSERT INTO alpha_run (started_at, finished_at, alive_until, door, host, process, version)
                VALUES ('%1$s', %2$s, '%1$s', 'command', 'h', 1, 'v')
                """.formatted(startedAt, finishedAt == null ? "NULL" : "'" + finishedAt + "'"));
    }

    private Pruning.Pruned prune(Pruning.Table table) {
        return pruning.prune(table, BEFORE, () -> false);
    }

    @Test
    void exactlyWhatIsOlderInAsManyBatchesAsItTakes() {
        requests(1, "2024-12-31 00:00:00Z", 86_400 + 5);
        assertThat(pruning.due(Pruning.Table.ALPHA_REQUEST, BEFORE)).isEqualTo(86_400);
        AtomicInteger batches = new AtomicInteger();
        Pruning.Pruned pruned = pruning.prune(Pruning.Table.ALPHA_REQUEST, BEFORE, () -> {
            batches.incrementAndGet();
            return false;
        });
        assertThat(pruned).isEqualTo(new Pruning.Pruned(86_400, 0));
        assertThat(batches.get()).isBetween(9, 10);
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_request")).isEqualTo("5");
        assertThat(prune(Pruning.Table.ALPHA_REQUEST)).isEqualTo(new Pruning.Pruned(0, 0));
    }

    @Test
    void aSignalEndsItBetweenTwoBatches() {
        requests(1, "2024-12-01 00:00:00Z", 25_000);
        AtomicInteger asked = new AtomicInteger();
        assertThat(pruning.prune(Pruning.Table.ALPHA_REQUEST, BEFORE, () -> asked.incrementAndGet() > 1))
                .isEqualTo(new Pruning.Pruned(10_000, 15_000));
    }

    @Test
    void aLockedLineIsLeftAndNotWaitedFor() throws SQLException {
        requests(1, "2024-12-01 00:00:00Z", 10);
        try (Connection other = DATABASE.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM alpha_request WHERE request = 3 FOR UPDATE");
            assertThat(prune(Pruning.Table.ALPHA_REQUEST)).isEqualTo(new Pruning.Pruned(9, 1));
            other.rollback();
        }
        assertThat(prune(Pruning.Table.ALPHA_REQUEST)).isEqualTo(new Pruning.Pruned(1, 0));
    }

    @Test
    void aRunGoesOnceItsRequestsAreGoneAndTheNewestStays() {
        run("2024-01-01Z", "2024-01-02Z");
        run("2024-01-03Z", "2024-01-04Z");
        run("2024-02-01Z", null);
        run("2024-12-31Z", "2025-02-01Z");
        run("2024-03-01Z", "2024-03-02Z");
        requests(2, "2024-01-03Z", 1);
        assertThat(prune(Pruning.Table.ALPHA_RUN)).as("old requests are left").isEqualTo(new Pruning.Pruned(0, 0));
        prune(Pruning.Table.ALPHA_REQUEST);
        assertThat(prune(Pruning.Table.ALPHA_RUN)).isEqualTo(new Pruning.Pruned(3, 0));
        assertThat(DATABASE.value("SELECT string_agg(run::text, ',' ORDER BY run) FROM alpha_run"))
                .as("not over before, newest")
                .isEqualTo("4,5");
    }

    /** Who watches goes by them: an alert must not end because its subject became too old. */
    @Test
    void theNewestGoodRunOfEachDoorStays() {
        DATABASE.execute("""
                INSERT INTO alpha_run (started_at, finished_at, alive_until, door, host, process, version, outcome, requests_ok)
                SELECT '2024-01-01Z', '2024-01-01Z', '2024-01-01Z', door, 'h', 1, 'v', outcome, ok
                FROM (VALUES ('cron', 'done', 0), ('cron', 'partial', 1), ('cron', 'failed', 1), ('http', 'postponed', 0),
                             ('command', 'done', 0), ('command', 'postponed', 0), ('http', 'failed', 0)) AS v (door, outcome, ok)
                """);
        assertThat(prune(Pruning.Table.ALPHA_RUN)).isEqualTo(new Pruning.Pruned(4, 0));
        assertThat(DATABASE.value("SELECT string_agg(run::text, ',' ORDER BY run) FROM alpha_run"))
                .isEqualTo("2,5,7");
    }

    @Test
    void theNewestGoodPassOverEachPartStays() {
        DATABASE.execute("""
                INSERT INTO alpha_maintenance (action, target, started_at, outcome)
                SELECT action, target, '2024-01-01Z', outcome
                FROM (VALUES ('pass', 'all', 'done'), ('pass', 'all', 'done'), ('pass', 'all', 'failed'),
                             ('pass', 'ledger', 'done'), ('merge', 'all', 'done')) AS v (action, target, outcome)
                """);
        assertThat(prune(Pruning.Table.ALPHA_MAINTENANCE)).isEqualTo(new Pruning.Pruned(3, 0));
        assertThat(DATABASE.value("SELECT string_agg(step::text, ',' ORDER BY step) FROM alpha_maintenance"))
                .isEqualTo("2,4");
    }

    @Test
    void rejectsAndMaintenance() {
        DATABASE.execute(
                "INSERT INTO alpha_reject (run, ticker, endpoint, rejected_at, reason, place, detail, payload) SELECT 1, 'T', 'E', d::timestamptz, 'r', '', '', '' FROM unnest(ARRAY['2024-06-01Z', '2025-06-01Z']) d",
                "INSERT INTO alpha_maintenance (action, target, started_at, outcome) SELECT 'merge', 'T', d::timestamptz, 'done' FROM unnest(ARRAY['2024-06-01Z', '2025-06-01Z']) d");
        assertThat(prune(Pruning.Table.ALPHA_REJECT)).isEqualTo(new Pruning.Pruned(1, 0));
        assertThat(prune(Pruning.Table.ALPHA_MAINTENANCE)).isEqualTo(new Pruning.Pruned(1, 0));
        assertThat(
                        DATABASE.value(
                                "SELECT (SELECT count(*) FROM alpha_reject) || ' ' || (SELECT count(*) FROM alpha_maintenance)"))
                .isEqualTo("1 1");
    }

    @Test
    void theTextThatADryRunShowsRunsAsItIs() {
        for (Pruning.Table table : Pruning.Table.values()) {
            assertThat(table.sql(BEFORE)).contains("'2025-01-01T00:00:00Z'", "LIMIT " + Pruning.BATCH_LINES);
            DATABASE.execute(table.sql(BEFORE));
        }
    }
}
