package io.alphakeep.bench;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Logger;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.postgresql.ds.PGConnectionPoolDataSource;

/**
 * Keeps connections open between units of work, as the program's pool does, which comes with the framework that the bench
 * does without. As many as are asked for at once.
 */
final class Connections implements DataSource, ConnectionEventListener, AutoCloseable {

    private final PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
    private final Deque<PooledConnection> idle = new ArrayDeque<>();
    private boolean closed;

    Connections(Target target) {
        source.setUrl(target.url());
        source.setUser(target.user());
        if (!target.password().isEmpty()) {
            source.setPassword(target.password());
        }
        source.setReWriteBatchedInserts(true);
    }

    @Override
    public Connection getConnection() throws SQLException {
        PooledConnection connection;
        synchronized (this) {
            connection = idle.pollFirst();
        }
        if (connection == null) {
            connection = source.getPooledConnection();
            connection.addConnectionEventListener(this);
        }
        return connection.getConnection();
    }

    @Override
    public synchronized void connectionClosed(ConnectionEvent event) {
        PooledConnection connection = (PooledConnection) event.getSource();
        if (closed) {
            closeQuietly(connection);
        } else {
            idle.addFirst(connection);
        }
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
        // It is of no use any more: it is not given back, and closes itself.
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(Connections::closeQuietly);
        idle.clear();
    }

    private static void closeQuietly(PooledConnection connection) {
        try {
            connection.close();
        } catch (SQLException ignored) {
            // The server sees it gone either way.
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("no " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
