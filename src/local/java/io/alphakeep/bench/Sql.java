package io.alphakeep.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Statements outside of the clock. */
final class Sql {

    static final String NOT_PERMITTED = "42501";

    private Sql() {}

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row. */
    static String value(Connection connection, String sql) throws SQLException {
        return column(connection, sql).get(0);
    }

    static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(value(connection, sql));
    }

    /** The first column of all rows. */
    static List<String> column(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /** So that the checkpoint that one technique brings about does not fall into another one's time. */
    static void checkpoint(Connection connection) throws SQLException {
        try {
            run(connection, "CHECKPOINT");
        } catch (SQLException e) {
            if (!NOT_PERMITTED.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
