package io.alphakeep.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The one way to the database: a unit of work in one transaction, committed when it returns and rolled back when it
 * throws. Schema and time limits are set for the transaction alone, so that nothing depends on session state that a
 * transaction-mode pooler loses. Safe for use by several threads.
 */
public final class Transactions {

    /** Work inside a transaction; must not keep the connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final DataSource dataSource;
    private final String schema;
    private final Duration lockTimeout;
    private final Duration statementTimeout;

    /**
     * @param schema           where the tables are
     * @param lockTimeout      the longest wait for a lock; 0 = no limit
     * @param statementTimeout the longest run of one statement; 0 = no limit
     */
    public Transactions(DataSource dataSource, String schema, Duration lockTimeout, Duration statementTimeout) {
        this.dataSource = dataSource;
        this.schema = schema;
        this.lockTimeout = lockTimeout;
        this.statementTimeout = statementTimeout;
    }

    /** The same with another limit on waiting for locks, for work that must give way. */
    public Transactions withLockTimeout(Duration timeout) {
        return new Transactions(dataSource, schema, timeout, statementTimeout);
    }

    public String schema() {
        return schema;
    }

    /**
     * @throws DatabaseException when the database refuses or is gone; nothing of the work has happened then, but for a
     *     connection lost during the commit itself, whose result is not known
     */
    public <T> T run(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                bound(connection);
                T result = work.on(connection);
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    rollback(connection);
                }
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private void bound(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT set_config('search_path', ?, true), set_config('lock_timeout', ?, true), set_config('statement_timeout', ?, true)")) {
            statement.setString(1, Identifier.quote(schema));
            statement.setString(2, Long.toString(lockTimeout.toMillis()));
            statement.setString(3, Long.toString(statementTimeout.toMillis()));
            statement.execute();
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException ignored) {
            // The server rolls back by itself when the connection is gone; the first error is the one to report.
        }
    }
}
