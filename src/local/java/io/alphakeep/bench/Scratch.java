package io.alphakeep.bench;

import io.alphakeep.config.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The schema that a bench works in. It lives as long as one session that holds an advisory lock of its name, so that what
 * a killed bench left can be told from what a living one is at work in. Nothing outside of it is ever touched.
 */
final class Scratch implements AutoCloseable {

    private static final String MARK = "alphakeep bench: scratch tables, removed when it ends";
    private static final int PATIENCE_MILLIS = 10_000;

    // Only what carries our mark is ours to drop, whatever its name.
    private static final String LEFTOVERS = """
            SELECT nspname FROM pg_namespace
            WHERE nspname ~ '^alpha_bench_[0-9a-f]{8}$' AND obj_description(oid, 'pg_namespace') = '%s'
              AND pg_has_role(nspowner, 'USAGE')
            ORDER BY nspname
            """.formatted(MARK);

    private static final String TABLES = """
            SELECT format('DROP TABLE IF EXISTS %%I.%%I CASCADE', n.nspname, c.relname)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = '%s' AND c.relkind IN ('r', 'p')
            ORDER BY NOT c.relispartition, c.relname
            """;

    // A pooler that hands a session out for a transaction gives us the lock of a living bench: it lies in the session.
    private static final String SESSIONS = """
            SELECT count(*) FROM pg_stat_activity WHERE application_name = '%s' AND pid <> pg_backend_pid()
            """;

    private static final String END_SESSIONS = """
            SELECT count(pg_terminate_backend(pid, %d)) FROM pg_stat_activity
            WHERE application_name = '%s' AND pid <> pg_backend_pid() AND usename = current_user
            """;

    private final Target target;
    private final Connection lock;
    private boolean closed;

    private Scratch(Target target, Connection lock) {
        this.target = target;
        this.lock = lock;
    }

    static String newName() {
        return "alpha_bench_%08x".formatted(ThreadLocalRandom.current().nextInt());
    }

    /**
     * Makes the schema.
     *
     * @throws Failure 78 where the role may not
     * @throws SQLException when the database refuses or is gone
     */
    static Scratch make(Target target) throws SQLException {
        Connection lock = target.connect();
        try {
            // Under another name than the sessions that are ended by theirs.
            Sql.run(lock, "SET application_name = 'alphakeep bench'", locking("pg_advisory_lock", target.schema()));
            lock.setAutoCommit(false);
            Sql.run(
                    lock,
                    "CREATE SCHEMA " + target.schema(),
                    "COMMENT ON SCHEMA " + target.schema() + " IS '" + MARK + "'");
            lock.commit();
            lock.setAutoCommit(true);
            return new Scratch(target, lock);
        } catch (SQLException e) {
            lock.close();
            if ("42501".equals(e.getSQLState())) {
                throw mayNot(target, e);
            }
            throw e;
        }
    }

    private static Failure mayNot(Target target, SQLException e) throws SQLException {
        String database;
        try (Connection connection = target.connect()) {
            database = Sql.value(
                    connection, "SELECT quote_ident(current_database()) || ' TO ' || quote_ident(current_user)");
        }
        return new Failure(
                Failure.Kind.CONFIGURATION,
                "the bench may not make a schema of its own",
                "let its role: GRANT CREATE ON DATABASE " + database,
                e);
    }

    Target target() {
        return target;
    }

    /** Removes what dead benches left, and says which. */
    static List<String> removeLeftovers(Target target) throws SQLException {
        List<String> removed = new ArrayList<>();
        try (Connection connection = target.connect()) {
            for (String schema : Sql.column(connection, LEFTOVERS)) {
                if (Sql.value(connection, locking("pg_try_advisory_lock", schema))
                        .equals("t")) {
                    if (Sql.value(connection, SESSIONS.formatted(schema)).equals("0")) {
                        drop(connection, schema);
                        removed.add(schema);
                    }
                    Sql.value(connection, locking("pg_advisory_unlock", schema));
                }
            }
        }
        return removed;
    }

    private static String locking(String function, String schema) {
        return "SELECT " + function + "(hashtextextended('" + schema + "', 0))";
    }

    /**
     * Ends the bench's other sessions and drops the schema; whoever calls it second waits for the first and does nothing.
     */
    @Override
    public synchronized void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        try (Connection connection = target.connect()) {
            drop(connection, target.schema());
        } finally {
            lock.close();
        }
    }

    /** Table by table: a hundred partitions and their indexes in one transaction are more locks than a server may have. */
    private static void drop(Connection connection, String schema) throws SQLException {
        Sql.value(connection, END_SESSIONS.formatted(PATIENCE_MILLIS, schema));
        Sql.run(connection, "SET lock_timeout = " + PATIENCE_MILLIS);
        for (String statement : Sql.column(connection, TABLES.formatted(schema))) {
            Sql.run(connection, statement);
        }
        Sql.run(connection, "SET client_min_messages = warning", "DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }
}
