package io.alphakeep.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.ledger.Pruning;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.MaintenanceLog;
import io.alphakeep.maintain.Outside;
import io.alphakeep.maintain.Part;
import io.alphakeep.maintain.partition.AheadPart;
import io.alphakeep.maintain.partition.PartitionLimits;
import io.alphakeep.maintain.statistics.StatisticsPart;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A session that holds a lock for minutes delays the one step that it is in the way of, and that is told. */
class BlockedStepsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private static MaintainReport pass() {
        Brake brake = new Brake();
        List<Part<?>> parts = List.of(
                new AheadPart(
                        DATABASE.transactions(),
                        "alpha_market_data",
                        1,
                        new PartitionLimits(24, PATIENCE, 1, Duration.ofMillis(1)),
                        brake,
                        CLOCK),
                new StatisticsPart(
                        DATABASE.transactions(), new Outside(DATABASE.transactions(), brake, PATIENCE), CLOCK),
                new LedgerPart(new Pruning(DATABASE.transactions()), 400, brake, CLOCK));
        MaintenanceLog log = new MaintenanceLog(DATABASE.transactions());
        return new Maintenance(
                        parts,
                        line -> log.write(List.of(line)),
                        new Maintenance.Bounds(Optional.empty(), Duration.ofMinutes(1), "postgres"),
                        brake,
                        () -> true,
                        CLOCK)
                .execute();
    }

    private static <T> T whileAnotherHolds(String lock, Supplier<T> work) throws Exception {
        try (Connection other = DATABASE.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(lock);
            long before = System.nanoTime();
            T result = work.get();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
            other.rollback();
            return result;
        }
    }

    private static List<String> words(MaintainReport report) {
        return report.steps().stream()
                .map(line -> line.action() + " " + line.target() + " " + line.word())
                .toList();
    }

    @Test
    void eachKindOfStep() throws Exception {
        DATABASE.execute(
                // Else the server's own ANALYZE may come first.
                "ALTER TABLE alpha_fundamental_data SET (autovacuum_enabled = false)",
                "INSERT INTO alpha_maintenance (action, target, started_at, outcome) VALUES ('merge', 'a', '2020-01-01Z', 'done'), ('merge', 'b', '2020-01-01Z', 'done')",
                "INSERT INTO alpha_fundamental_data SELECT 'T' || i, 'overview', 'latest', '2024-01-01', '{}', NULL, 1, now() FROM generate_series(1, 2000) i");

        MaintainReport partition = whileAnotherHolds(
                "LOCK TABLE alpha_market_data IN SHARE UPDATE EXCLUSIVE MODE",
                () -> whileLine("SELECT FROM alpha_maintenance WHERE target = 'a' FOR UPDATE"));
        assertThat(words(partition))
                .containsExactly(
                        "partition alpha_market_data_2026_11 postponed",
                        "partition alpha_market_data_2026_12 postponed",
                        "analyze alpha_fundamental_data done",
                        "prune alpha_maintenance postponed");
        assertThat(partition.steps().get(0).detail()).contains("lock timeout");
        assertThat(partition.steps().get(3).detail()).startsWith("1 line removed, 1 left");
        assertThat(partition.outcome()).isEqualTo(MaintainReport.Outcome.POSTPONED);
        assertThat(partition.exitCode()).isZero();
        assertThat(DATABASE.value(
                        "SELECT count(*) FROM alpha_maintenance WHERE outcome = 'postponed' AND detail <> ''"))
                .isEqualTo("3");

        // Free again: what was postponed is done, and the parent is analysed now that it has partitions.
        DATABASE.execute(
                "INSERT INTO alpha_fundamental_data SELECT 'U' || i, 'overview', 'latest', '2024-01-01', '{}', NULL, 1, now() FROM generate_series(1, 9000) i");
        MaintainReport analyze = whileAnotherHolds("LOCK TABLE alpha_fundamental_data IN SHARE MODE", () -> pass());
        assertThat(words(analyze))
                .containsExactly(
                        "partition alpha_market_data_2026_11 done",
                        "partition alpha_market_data_2026_12 done",
                        "analyze alpha_fundamental_data postponed",
                        "analyze alpha_market_data done",
                        "prune alpha_maintenance done");
        assertThat(analyze.steps().get(2).detail()).contains("another session");

        assertThat(words(pass())).containsExactly("analyze alpha_fundamental_data done");
        assertThat(pass().steps()).isEmpty();

        // A reader's open transaction is in the way of nothing.
        DATABASE.execute("DROP TABLE alpha_market_data_2026_12");
        MaintainReport beside = whileAnotherHolds("SELECT count(*) FROM alpha_market_data", BlockedStepsTest::pass);
        assertThat(words(beside)).containsExactly("partition alpha_market_data_2026_12 done");
    }

    private static MaintainReport whileLine(String lock) {
        try {
            return whileAnotherHolds(lock, BlockedStepsTest::pass);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
