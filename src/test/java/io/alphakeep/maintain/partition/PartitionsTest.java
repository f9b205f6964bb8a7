package io.alphakeep.maintain.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Transactions;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("postgres")
class PartitionsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-09-12T12:00:00Z"), ZoneOffset.UTC);
    private static final PartitionLimits QUICK =
            new PartitionLimits(24, Duration.ofMillis(100), 3, Duration.ofMillis(10));

    private static Partitions partitions(Transactions transactions) {
        return new Partitions(transactions, "alpha_market_data", QUICK, CLOCK);
    }

    private static Instant at(String date) {
        return Instant.parse(date + "T00:00:00Z");
    }

    @Test
    void makesWhatIsMissingOnceAndWritesItDown() {
        Partitions partitions = partitions(DATABASE.transactions());
        List<Instant> rows = List.of(at("2011-05-06"), at("2011-12-31"), at("2026-02-01"), at("2026-02-28"));
        Homes homes = partitions.ensure(rows);
        assertThat(homes.made()).containsExactly("alpha_market_data_2011", "alpha_market_data_2026_02");
        assertThat(homes.postponed()).isEmpty();
        assertThat(rows).allMatch(homes::holds);
        // The bounds are UTC though the session's zone is New York.
        assertThat(homes.holds(at("2026-02-01").minusMillis(1))).isFalse();
        assertThat(homes.holds(at("2026-03-01").minusMillis(1))).isTrue();
        assertThat(homes.holds(at("2026-03-01"))).isFalse();
        assertThat(partitions.ensure(rows).made()).isEmpty();
        assertThat(partitions(DATABASE.transactions()).ensure(rows).made()).isEmpty();
        assertThat(
                        DATABASE.query(
                                "SELECT target, outcome FROM alpha_maintenance WHERE action = 'partition' AND target ~ '2011|2026_02' ORDER BY 1"))
                .isEqualTo(List.of(
                        List.of("alpha_market_data_2011", "done"), List.of("alpha_market_data_2026_02", "done")));
    }

    @Test
    void whatAnotherProcessMadeIsFine() {
        Partitions partitions = partitions(DATABASE.transactions());
        partitions.ensure(List.of());
        DATABASE.execute(
                "SELECT create_monthly_partition('alpha_market_data', '2024-09-01')",
                "SELECT create_monthly_partition('alpha_market_data', '2015-03-01')");
        Homes homes = partitions.ensure(List.of(at("2024-09-09"), at("2015-03-09"), at("2015-04-01")));
        assertThat(homes.holds(at("2024-09-09"))).isTrue();
        assertThat(homes.holds(at("2015-03-09"))).isTrue();
        // A month of that year was there before, so that the year cannot be one partition.
        assertThat(homes.holds(at("2015-04-01"))).isTrue();
        assertThat(homes.postponed()).isEmpty();
    }

    @Test
    void manyAtOnceMakeEachPartitionOnce() throws Exception {
        List<Instant> rows = new ArrayList<>();
        for (int month = 1; month <= 12; month++) {
            rows.add(at("2025-%02d-15".formatted(month)));
            rows.add(at("19%02d-01-15".formatted(70 + month)));
        }
        CyclicBarrier start = new CyclicBarrier(6);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Homes>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Partitions process = new Partitions(
                        DATABASE.transactions(),
                        "alpha_market_data",
                        new PartitionLimits(24, Duration.ofSeconds(10), 10, Duration.ofMillis(10)),
                        CLOCK);
                calls.add(() -> {
                    start.await();
                    return process.ensure(rows);
                });
            }
            int made = 0;
            for (Future<Homes> result : threads.invokeAll(calls)) {
                assertThat(result.get().postponed()).isEmpty();
                assertThat(rows).allMatch(result.get()::holds);
                made += result.get().made().size();
            }
            assertThat(made).isEqualTo(24);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aHeldLockPostponesInBoundedTimeAndTheRestIsNotWaitedFor() throws SQLException {
        Partitions partitions = partitions(DATABASE.transactions());
        partitions.ensure(List.of());
        List<Instant> rows = List.of(at("2024-01-05"), at("2024-02-05"), at("2024-03-05"), at("2024-04-05"));
        try (Connection holder = DATABASE.dataSource().getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE alpha_market_data IN SHARE UPDATE EXCLUSIVE MODE");
            long before = System.nanoTime();
            Homes homes = partitions.ensure(rows);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
            assertThat(homes.made()).isEmpty();
            assertThat(homes.postponed()).hasSize(4).allMatch(p -> p.contains("lock timeout"));
            assertThat(rows).noneMatch(homes::holds);
            holder.rollback();
        }
        assertThat(partitions.ensure(rows).made()).hasSize(4);
        assertThat(
                        DATABASE.value(
                                "SELECT count(*) FROM alpha_maintenance WHERE outcome = 'postponed' AND detail LIKE '%lock timeout%'"))
                .isEqualTo("4");
    }

    @Test
    void aTableInTheWayIsPostponedWithItsReason() {
        DATABASE.execute("CREATE TABLE alpha_market_data_2024_12 (wreck int)");
        Homes homes = partitions(DATABASE.transactions()).ensure(List.of(at("2024-12-05"), at("2024-11-05")));
        assertThat(homes.made()).containsExactly("alpha_market_data_2024_11");
        assertThat(homes.postponed())
                .hasSize(1)
                .allMatch(p -> p.startsWith("alpha_market_data_2024_12: ") && p.contains("already exists"));
        assertThat(homes.holds(at("2024-12-05"))).isFalse();
    }

    @Test
    void aWriterWithoutTheRightToCreateCanEnsureAndWrite() {
        String role = "writer_" + DATABASE.name();
        DATABASE.execute(
                "CREATE ROLE " + role + " LOGIN PASSWORD 'writer'",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON alpha_market_data, alpha_maintenance TO " + role,
                "GRANT EXECUTE ON FUNCTION create_monthly_partition(text, date), create_yearly_partition(text, date) TO "
                        + role);
        PGSimpleDataSource source = (PGSimpleDataSource) DATABASE.dataSource();
        source.setUser(role);
        source.setPassword("writer");
        Transactions transactions = new Transactions(source, "public", Duration.ofSeconds(5), Duration.ofMinutes(1));
        assertThatThrownBy(() -> transactions.run(c -> c.createStatement().execute("CREATE TABLE mine (id int)")))
                .isInstanceOf(DatabaseException.class);
        Homes homes = partitions(transactions).ensure(List.of(at("2026-06-05"), at("2009-06-05")));
        assertThat(homes.made()).containsExactly("alpha_market_data_2009", "alpha_market_data_2026_06");
        int rows = transactions.run(
                c -> c.createStatement()
                        .executeUpdate(
                                "INSERT INTO alpha_market_data VALUES ('W', '2026-06-05Z', 'E', 'F', 1, 1, 1, 1, 1, 1, 1, 1, 0, NULL, 1, now())"));
        assertThat(rows).isEqualTo(1);
    }

    /** Leap days, months in which clocks change, and sessions on both sides of the date line: the same bounds in UTC. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "America/New_York",
                "Pacific/Kiritimati",
                "Pacific/Niue",
                "Asia/Kathmandu",
                "Europe/London",
                "UTC"
            })
    void boundsAreTheSameInstantsInAnySessionZone(String zone) throws SQLException {
        List<String> days = List.of("2028-02-29", "2028-03-26", "2028-11-05", "2027-12-31");
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET TimeZone = '" + zone + "'");
            for (String day : days) {
                statement.execute("SELECT create_monthly_partition('alpha_market_data', '" + day + "')");
            }
            statement.execute("SELECT create_yearly_partition('alpha_market_data', '2029-07-01')");
            statement.execute("SET TimeZone = 'UTC'");
            List<String> bounds = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("""
                    SELECT relname || ' ' || pg_get_expr(relpartbound, oid) FROM pg_class
                    WHERE relispartition AND relkind = 'r' AND relname ~ '_20(27_12|28|29)' ORDER BY 1
                    """)) {
                while (rows.next()) {
                    bounds.add(rows.getString(1));
                }
            }
            assertThat(bounds)
                    .containsExactly(
                            bound("2027_12", "2027-12-01", "2028-01-01"),
                            bound("2028_02", "2028-02-01", "2028-03-01"),
                            bound("2028_03", "2028-03-01", "2028-04-01"),
                            bound("2028_11", "2028-11-01", "2028-12-01"),
                            bound("2029", "2029-01-01", "2030-01-01"));
            connection.rollback();
        }
    }

    private static String bound(String name, String from, String to) {
        return "alpha_market_data_" + name + " FOR VALUES FROM ('" + from + " 00:00:00+00') TO ('" + to
                + " 00:00:00+00')";
    }
}
