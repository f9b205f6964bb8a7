package io.alphakeep.maintain.archive;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** The connections of a process that dies at one of the commits of something written; then none of them answers any more. */
final class Mortal implements DataSource {

    private final DataSource source;
    private final int commit;
    private final boolean after;
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicBoolean dead = new AtomicBoolean();

    /**
     * @param commit which one, counted from 0
     * @param after  whether the server still gets it
     */
    Mortal(DataSource source, int commit, boolean after) {
        this.source = source;
        this.commit = commit;
        this.after = after;
    }

    boolean isDead() {
        return dead.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (dead.get()) {
            throw new SQLException("dead", "08006");
        }
        Connection connection = source.getConnection();
        return (Connection) Proxy.newProxyInstance(
                Mortal.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    boolean dies = method.getName().equals("commit")
                            && wrote(connection)
                            && commits.getAndIncrement() == commit;
                    try {
                        Object result = dies && !after ? null : method.invoke(connection, arguments);
                        if (dies) {
                            dead.set(true);
                            connection.close();
                            throw new SQLException("died", "08006");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static boolean wrote(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // Nothing is logged.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // The source's own.
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return source.isWrapperFor(type);
    }
}
