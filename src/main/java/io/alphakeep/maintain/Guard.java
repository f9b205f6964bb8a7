package io.alphakeep.maintain;

import io.alphakeep.db.Instants;
import io.alphakeep.db.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * One maintenance at a time per schema. The lock is a transaction's, on a connection of its own that does nothing else: a
 * session's lock is lost behind a transaction-mode pooler, and an idle READ COMMITTED transaction holds no snapshot, so
 * that nothing waits for it (manual, "Advisory Locks" and "Building Indexes Concurrently"). It ends with its holder.
 */
public final class Guard {

    private static final String NAME = "alphakeep maintain ";

    // In words of its own: the transaction must not begin in a mode that the role's or the database's defaults make it.
    private static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY";

    // The pass may take longer than any limit on transactions; this one came with PostgreSQL 17.
    private static final String NO_TIMEOUT =
            "SELECT set_config(name, '0', true) FROM pg_settings WHERE name = 'transaction_timeout'";

    // The last statement before the pass, and a command, not a query: a query's portal would stay open, and its
    // snapshot with it, until the next statement, which does not come for hours.
    private static final String NO_IDLE_TIMEOUT = "SET LOCAL idle_in_transaction_session_timeout = 0";

    private static final String TRY = "SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))";

    private static final String HOLDER = """
            SELECT l.pid, a.xact_start
            FROM pg_locks l
            LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended(?, 0)
            LIMIT 1
            """;

    private static final int LOOK_SECONDS = 5;

    private final Transactions transactions;

    public Guard(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The lock while it is held. */
    @FunctionalInterface
    public interface Held {
        /** False once its connection is lost, and the lock with it. */
        boolean lives();
    }

    /**
     * Does the work while nobody else does maintenance; does not wait for somebody who does.
     *
     * @return empty when the work was done, else who is at it, in words
     * @throws io.alphakeep.db.DatabaseException when the database is gone before the work begins
     */
    public String during(Consumer<Held> work) {
        return transactions.alone(connection -> {
            String name = NAME + transactions.schema();
            try {
                execute(connection, BEGIN);
                execute(connection, NO_TIMEOUT);
                if (!isGot(connection, name)) {
                    return holder(connection, name);
                }
                execute(connection, NO_IDLE_TIMEOUT);
                work.accept(() -> lives(connection));
                return "";
            } finally {
                end(connection);
            }
        });
    }

    private static boolean isGot(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRY)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static String holder(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLDER)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return "another process, which has just ended";
                }
                Instant since = Instants.get(row, "xact_start");
                return "the session of process " + row.getInt("pid") + " on the database's server"
                        + (since == null ? "" : ", since " + since);
            }
        }
    }

    private static boolean lives(Connection connection) {
        try {
            return connection.isValid(LOOK_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private static void end(Connection connection) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException ignored) {
            // The connection is gone, and the lock with it.
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
