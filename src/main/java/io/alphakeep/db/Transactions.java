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

    /** The server ends a statement at its timeout; this much later the server itself is given up. */
    private static final Duration NETWORK_MARGIN = Duration.ofSeconds(30);

    /** Work inside a transaction; must not keep the connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    // One round trip. What is read after a lock was waited for must be newer than the lock: under a database's or
    // role's
    // default of REPEATABLE READ the first query's snapshot, of before the lock, would serve the whole transaction.
    private static final String BOUNDS = """
            SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
            SELECT set_config('search_path', ?, true), set_config('lock_timeout', ?, true),
                   set_config('statement_timeout', ?, true)
            """;

    private final DataSource dataSource;
    private final String schema;
    private final Duration lockTimeout;
    private final Duration statementTimeout;
    /** Null where the connections' own will do. */
    private final Duration networkTimeout;

    /**
     * @param schema           where the tables are
     * @param lockTimeout      the longest wait for a lock; 0 = no limit
     * @param statementTimeout the longest run of one statement; 0 = no limit
     */
    public Transactions(DataSource dataSource, String schema, Duration lockTimeout, Duration statementTimeout) {
        this(dataSource, schema, lockTimeout, statementTimeout, null);
    }

    private Transactions(
            DataSource dataSource,
            String schema,
            Duration lockTimeout,
            Duration statementTimeout,
            Duration networkTimeout) {
        this.dataSource = dataSource;
        this.schema = schema;
        this.lockTimeout = lockTimeout;
        this.statementTimeout = statementTimeout;
        this.networkTimeout = networkTimeout;
    }

    /** The same with another limit on waiting for locks, for work that must give way. */
    public Transactions withLockTimeout(Duration timeout) {
        return new Transactions(dataSource, schema, timeout, statementTimeout, networkTimeout);
    }

    /** The same with another limit on one statement, for work that takes its time; more than 0. */
    public Transactions withStatementTimeout(Duration timeout) {
        return new Transactions(dataSource, schema, lockTimeout, timeout, timeout.plus(NETWORK_MARGIN));
    }

    public Duration lockTimeout() {
        return lockTimeout;
    }

    public Duration statementTimeout() {
        return statementTimeout;
    }

    public String schema() {
        return schema;
    }

    /**
     * @throws DatabaseException when the database refuses or is gone; nothing of the work has happened then, but for a
     *     connection lost during the commit itself, whose result is not known
     */
    public <T> T run(Work<T> work) {
        return connected(connection -> {
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
        });
    }

    /**
     * Each statement of the work by itself, without a transaction around it, for what the server does not do inside of one.
     * No search path and no limit is set: names carry their schema, and the work bounds itself.
     */
    public <T> T alone(Work<T> work) {
        return connected(connection -> {
            connection.setAutoCommit(true);
            return work.on(connection);
        });
    }

    private <T> T connected(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            if (networkTimeout == null) {
                return work.on(connection);
            }
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, (int) Math.min(Integer.MAX_VALUE, networkTimeout.toMillis()));
            try {
                return work.on(connection);
            } finally {
                if (!connection.isClosed()) {
                    connection.setNetworkTimeout(Runnable::run, before);
                }
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private void bound(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BOUNDS)) {
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
