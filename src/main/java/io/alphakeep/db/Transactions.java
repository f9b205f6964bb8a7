package io.alphakeep.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * The one way to the database: a unit of work in one transaction, committed when it returns and rolled back when it
 * throws. Schema and time limits are set for the transaction alone, so that nothing depends on session state that a
 * transaction-mode pooler loses. Safe for use by several threads.
 */
public final class Transactions {

    /** The server ends a statement at its timeout; this much later the server itself is given up. */
    private static final Duration NETWORK_MARGIN = Duration.ofSeconds(30);

    /**
     * A process that is stopped or gone in the middle of a transaction (SIGSTOP, no processor, a host without power) would keep
     * its locks until it goes on, or for the hours that the server waits for a connection. A healthy one waits for nothing
     * between two statements, only computes or pauses for less than a second; and who waits for a lock tries for longer.
     */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);

    /** Work inside a transaction; must not keep the connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Work that sets the transaction's limits itself, before anything else or together with its first statement. */
    @FunctionalInterface
    public interface BoundedWork<T> {
        T on(Connection connection, Bounds bounds) throws SQLException;
    }

    /** Binds the parameters of one statement. */
    @FunctionalInterface
    public interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** Reads the result of one statement, which is its current one. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(PreparedStatement statement) throws SQLException;
    }

    private final Connections connections;
    private final String schema;
    private final Duration lockTimeout;
    private final Duration statementTimeout;
    private final Duration idleTimeout;
    /** Null where the connections' own will do. */
    private final Duration networkTimeout;

    private final boolean synchronous;
    private final Bounds bounds;

    /**
     * @param schema           where the tables are
     * @param lockTimeout      the longest wait for a lock; 0 = no limit
     * @param statementTimeout the longest run of one statement; 0 = no limit
     */
    public Transactions(DataSource dataSource, String schema, Duration lockTimeout, Duration statementTimeout) {
        this(dataSource::getConnection, schema, lockTimeout, statementTimeout, IDLE_TIMEOUT, null, true);
    }

    private Transactions(
            Connections connections,
            String schema,
            Duration lockTimeout,
            Duration statementTimeout,
            Duration idleTimeout,
            Duration networkTimeout,
            boolean synchronous) {
        this.connections = connections;
        this.schema = schema;
        this.lockTimeout = lockTimeout;
        this.statementTimeout = statementTimeout;
        this.idleTimeout = idleTimeout;
        this.networkTimeout = networkTimeout;
        this.synchronous = synchronous;
        this.bounds = Bounds.of(schema, lockTimeout, statementTimeout, idleTimeout, synchronous);
    }

    /** The same with another limit on waiting for locks, for work that must give way. */
    public Transactions withLockTimeout(Duration timeout) {
        return new Transactions(
                connections, schema, timeout, statementTimeout, idleTimeout, networkTimeout, synchronous);
    }

    /** The same with another limit on one statement, for work that takes its time; more than 0. */
    public Transactions withStatementTimeout(Duration timeout) {
        return new Transactions(
                connections, schema, lockTimeout, timeout, idleTimeout, timeout.plus(NETWORK_MARGIN), synchronous);
    }

    /** The same with another limit, more than 0, on how long a transaction may do nothing before the server ends it: 10 s. */
    public Transactions withIdleTimeout(Duration timeout) {
        return new Transactions(
                connections, schema, lockTimeout, statementTimeout, timeout, networkTimeout, synchronous);
    }

    /** The same, but a server that is silent for so long is given up; more than 0. */
    public Transactions withNetworkTimeout(Duration timeout) {
        return new Transactions(connections, schema, lockTimeout, statementTimeout, idleTimeout, timeout, synchronous);
    }

    /**
     * The same, but a commit does not wait for the server's disk: should the server crash, the newest of them may never have
     * been, each as a whole. For what only matters while its process and its server live.
     */
    public Transactions asynchronous() {
        return new Transactions(connections, schema, lockTimeout, statementTimeout, idleTimeout, networkTimeout, false);
    }

    /** The same, but a server that has no connection to give just now is asked again, for some seconds. */
    public Transactions patient() {
        return new Transactions(
                Connections.patient(connections),
                schema,
                lockTimeout,
                statementTimeout,
                idleTimeout,
                networkTimeout,
                synchronous);
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
        return bounded((connection, bounds) -> {
            bounds.set(connection);
            return work.on(connection);
        });
    }

    /**
     * {@link #run}, but setting the limits is left to the work, which saves a round trip where they go with its first statement.
     *
     * @throws DatabaseException as {@link #run} does
     */
    public <T> T bounded(BoundedWork<T> work) {
        return connected(connection -> {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                T result = work.on(connection, bounds);
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

    /** {@link #single} of a statement that changes rows: how many. */
    public int update(String statement, Binder binder) {
        return single(statement, binder, PreparedStatement::getUpdateCount);
    }

    /**
     * One statement in a transaction of its own, in one round trip: its beginning, its limits and its commit go with it. What
     * is read is committed.
     *
     * @throws DatabaseException as {@link #run} does
     */
    public <T> T single(String statement, Binder binder, Reader<T> reader) {
        return connected(connection -> {
            connection.setAutoCommit(true);
            String whole = "BEGIN; " + bounds.ahead() + statement + "; COMMIT";
            boolean committed = false;
            try (PreparedStatement all = connection.prepareStatement(whole)) {
                binder.bind(all);
                all.execute();
                committed = true;
                // The first result is that of BEGIN.
                all.getMoreResults();
                bounds.pass(all);
                return reader.read(all);
            } finally {
                if (!committed) {
                    abandon(connection);
                }
            }
        });
    }

    /**
     * A statement, and one that depends on what it read, in one transaction and two round trips: the beginning goes with the
     * first, the commit with the second.
     *
     * @throws DatabaseException as {@link #run} does
     */
    public <R, T> T readThenWrite(String statement, Binder binder, Reader<R> reader, Function<R, Next<T>> decision) {
        return connected(connection -> {
            connection.setAutoCommit(true);
            boolean committed = false;
            try {
                Next<T> next = decision.apply(begun(connection, statement, binder, reader));
                String rest = next.statement() == null ? "COMMIT" : next.statement() + "; COMMIT";
                try (PreparedStatement second = connection.prepareStatement(rest)) {
                    if (next.statement() != null) {
                        next.binder().bind(second);
                    }
                    second.execute();
                }
                committed = true;
                return next.result();
            } finally {
                if (!committed) {
                    abandon(connection);
                }
            }
        });
    }

    private <R> R begun(Connection connection, String statement, Binder binder, Reader<R> reader) throws SQLException {
        String whole = "BEGIN; " + bounds.ahead() + statement;
        try (PreparedStatement first = connection.prepareStatement(whole)) {
            binder.bind(first);
            first.execute();
            // The first result is that of BEGIN.
            first.getMoreResults();
            bounds.pass(first);
            return reader.read(first);
        }
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
        try (Connection connection = connections.open()) {
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

    /** Ends a transaction that the driver does not know of. */
    private static void abandon(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException ignored) {
            // As below.
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
