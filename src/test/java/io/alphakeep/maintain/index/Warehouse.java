package io.alphakeep.maintain.index;

import io.alphakeep.db.Schema;
import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.Outside;
import io.alphakeep.maintain.StepResult;
import io.alphakeep.testkit.Await;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A warehouse whose owner is no superuser, in a schema whose name needs quoting. */
final class Warehouse {

    static final Instant NOW = Instant.parse("2026-09-12T12:00:00Z");
    static final String SCHEMA = "my Wh";
    static final String SEPTEMBER = "alpha_market_data_2026_09";

    private static final String QUOTED = "\"my Wh\"";

    private final TestDatabase database;
    private final String role;

    Warehouse(TestDatabase database) {
        this.database = database;
        this.role = "owner_" + database.name();
        database.execute(
                "CREATE ROLE " + role + " LOGIN PASSWORD 'owner'",
                "CREATE SCHEMA " + QUOTED + " AUTHORIZATION " + role,
                "ALTER ROLE " + role + " IN DATABASE " + database.name() + " SET search_path = pg_catalog");
        new Schema(TestDatabase.flyway(owner(), SCHEMA), transactions()).migrate(false);
    }

    DataSource owner() {
        PGSimpleDataSource source = (PGSimpleDataSource) database.dataSource();
        source.setUser(role);
        source.setPassword("owner");
        source.setApplicationName("the owner");
        return source;
    }

    Transactions transactions() {
        return new Transactions(owner(), SCHEMA, Duration.ofSeconds(5), Duration.ofMinutes(1));
    }

    Indexes indexes(Instant now, Duration patience, Duration old, IndexPolicy... policies) {
        return new Indexes(
                transactions(),
                new Outside(transactions(), new Brake(), patience),
                "alpha_market_data",
                List.of(policies),
                Clock.fixed(now, ZoneOffset.UTC),
                old);
    }

    Indexes indexes(Instant now, IndexPolicy... policies) {
        return indexes(now, Duration.ofSeconds(10), Duration.ofSeconds(30), policies);
    }

    /** As the conductor does it: planned anew after each step, none tried twice. */
    static List<String> pass(Indexes indexes) {
        List<String> lines = new ArrayList<>();
        Set<String> tried = new HashSet<>();
        while (true) {
            IndexStep next = indexes.plan().stream()
                    .filter(step -> tried.add(step.action() + step.target()))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                return lines;
            }
            StepResult result = indexes.run(next);
            lines.add(next.action() + " " + next.partition() + " " + result.outcome());
        }
    }

    /** Names of the indexes by age that are there, with an exclamation mark behind those that are not valid. */
    List<String> there() {
        return database
                .query(
                        "SELECT indexrelid::regclass::text, c.relname, indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
                                + " WHERE c.relname ~ '_ak[0-9a-f]{6}$' ORDER BY c.relname")
                .stream()
                .map(row -> row.get(1) + (row.get(2).equals("t") ? "" : "!"))
                .toList();
    }

    /** A year, a month that left the window, one with rows inside of it, and one ahead. */
    void fill() {
        try (Session session = session()) {
            session.execute(
                            "SELECT create_yearly_partition('alpha_market_data', '2024-01-01')",
                            "SELECT create_monthly_partition('alpha_market_data', '2026-02-01')",
                            "SELECT create_monthly_partition('alpha_market_data', '2026-09-01')",
                            "SELECT create_monthly_partition('alpha_market_data', '2026-12-01')")
                    .insert("IBM", "2024-05-06")
                    .insert("IBM", "2026-02-03")
                    .insert("IBM", "2026-09-01")
                    .execute("CREATE INDEX mine ON " + SEPTEMBER + " (updated_at)")
                    .commit();
        }
    }

    /** The step of the month that has rows. */
    static IndexStep september(Indexes indexes) {
        return indexes.plan().stream()
                .filter(step -> step.partition().equals(SEPTEMBER))
                .findFirst()
                .orElseThrow();
    }

    void untilWaiting(String what) {
        Await.until(
                what + " waits",
                Duration.ofSeconds(20),
                () -> database.value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock' AND query LIKE '%" + what
                                + "%' AND pid <> pg_backend_pid()")
                        .equals("1"));
    }

    void untilOld(Session session) {
        Await.until(
                "the transaction is old",
                Duration.ofSeconds(5),
                () -> database.value("SELECT clock_timestamp() - xact_start > interval '300 ms' FROM pg_stat_activity"
                                + " WHERE pid = " + session.pid)
                        .equals("t"));
    }

    CompletableFuture<Void> background(String sql) {
        return CompletableFuture.runAsync(() -> {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    Session session() {
        return new Session(owner());
    }

    /** A transaction that is held open. */
    static final class Session implements AutoCloseable {

        private final Connection connection;
        final int pid;

        Session(DataSource source) {
            try {
                connection = source.getConnection();
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET search_path = " + QUOTED);
                    try (ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
                        row.next();
                        pid = row.getInt(1);
                    }
                }
                connection.setAutoCommit(false);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        Session repeatableRead() {
            return execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "SELECT count(*) FROM pg_class");
        }

        Session execute(String... statements) {
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
                return this;
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }

        /** A bar of daily prices through the parent. */
        Session insert(String ticker, String date) {
            return execute(
                    "INSERT INTO alpha_market_data (ticker, \"timestamp\", endpoint, api_function, ingestion_epoch, updated_at)"
                            + " VALUES ('" + ticker + "', '" + date
                            + "T00:00:00Z', 'TIME_SERIES_DAILY', 'TIME_SERIES_DAILY', 1, now())");
        }

        void commit() {
            try {
                connection.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
