package io.alphakeep.testkit;

import io.agroal.api.AgroalDataSource;
import io.alphakeep.db.Schema;
import io.alphakeep.db.Transactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A database of its own for a test class, copied from a migrated template:
 * {@code @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();} on a class with
 * {@code @Tag("postgres")}.
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static boolean templateMade;

    private String name;
    private AgroalDataSource pool;

    /** A Flyway as the program configures it. */
    public static Flyway flyway(DataSource source, String schema) {
        return Flyway.configure()
                .dataSource(source)
                .defaultSchema(schema)
                .table("alpha_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        PostgresServer server = PostgresServer.get();
        synchronized (TestDatabase.class) {
            if (!templateMade) {
                server.execute("CREATE DATABASE alphakeep_template");
                DataSource source = server.dataSource("alphakeep_template");
                new Schema(flyway(source, "public"), transactions(source)).migrate(false);
                templateMade = true;
            }
        }
        name = "alphakeep_test_" + COUNT.incrementAndGet();
        server.execute("CREATE DATABASE " + name + " TEMPLATE alphakeep_template");
        pool = server.pool(name, server.user());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (name != null) {
            pool.close();
            PostgresServer.get().execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    public String name() {
        return name;
    }

    /** A session of its own at each call, which ends when it is closed. */
    public DataSource dataSource() {
        return PostgresServer.get().dataSource(name);
    }

    /** Sessions that are used again. */
    public DataSource pool() {
        return pool;
    }

    /** In sessions that are used again. */
    public Transactions transactions() {
        return transactions(pool);
    }

    private static Transactions transactions(DataSource source) {
        return new Transactions(source, "public", Duration.ofSeconds(5), Duration.ofMinutes(1));
    }

    /** One after the other in one session, which forgets its settings afterwards; what they did is in the statistics then. */
    public void execute(String... statements) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            try {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            } finally {
                if (!connection.isClosed()) {
                    statement.execute("SELECT pg_stat_force_next_flush()");
                    statement.execute("DISCARD ALL");
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** A transaction that holds a lock until it ends: {@code alpha_run IN EXCLUSIVE MODE}. */
    public Connection lock(String tableAndMode) throws SQLException {
        Connection connection = dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + tableAndMode);
        }
        return connection;
    }

    /** As one that takes simulated data. */
    public void asDemo() {
        execute("INSERT INTO alpha_policy VALUES ('warehouse', '\"demo\"', clock_timestamp())");
    }

    /** How many requests have been reserved today, by the one key that was used. */
    public int requestsUsed() {
        List<List<String>> rows = query("SELECT utc_used FROM alpha_budget");
        return rows.isEmpty() ? 0 : Integer.parseInt(rows.get(0).get(0));
    }

    /** All sessions of the server end at once; returns when it has come back by itself. */
    public void crashServer() {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet pid = statement.executeQuery("SELECT pg_backend_pid()")) {
            pid.next();
            ProcessHandle.of(pid.getLong(1)).orElseThrow().destroyForcibly();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        Await.until(
                "the server is back",
                Duration.ofSeconds(60),
                () -> value("SELECT 1").equals("1"));
    }

    /** As an operator restarts it: all sessions are told to end, and for a moment nobody listens. */
    public void restartServer() {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // As the embedded server does: PostgreSQL does not run as root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(value("SELECT setting FROM pg_config() WHERE name = 'BINDIR'") + "/pg_ctl");
        command.addAll(List.of("restart", "--silent", "--wait", "--mode=fast", "-D", value("SHOW data_directory")));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("failed: " + command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All rows, each as the text of its columns ({@code null} stays null), in a session of UTC. */
    public List<List<String>> query(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            try (ResultSet result = statement.executeQuery(sql)) {
                List<List<String>> rows = new ArrayList<>();
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<String> row = new ArrayList<>(columns);
                    for (int i = 1; i <= columns; i++) {
                        row.add(result.getString(i));
                    }
                    rows.add(row);
                }
                return rows;
            } finally {
                if (!connection.isClosed()) {
                    statement.execute("RESET TimeZone");
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The first column of the first row. */
    public String value(String sql) {
        return query(sql).get(0).get(0);
    }
}
