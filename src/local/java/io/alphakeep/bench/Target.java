package io.alphakeep.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Where the bench works: one schema of its own on one server.
 *
 * @param url      {@code jdbc:postgresql://…}, with everything that the user's URL said, but no user and no password
 * @param password empty where none is needed
 * @param schema   made for this bench alone, a plain lower-case name; removed when it ends
 */
record Target(String url, String user, String password, String schema) {

    /** A connection whose search path is the scratch schema; the caller closes it. */
    Connection connect() throws SQLException {
        return connect(new Properties());
    }

    /** @param properties of the driver: {@code reWriteBatchedInserts} */
    Connection connect(Properties properties) throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("user", user);
        if (!password.isEmpty()) {
            all.setProperty("password", password);
        }
        Connection connection = DriverManager.getConnection(url, all);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + schema);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return "Target[" + url + ", " + schema + "]";
    }
}
