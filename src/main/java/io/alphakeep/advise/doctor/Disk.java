package io.alphakeep.advise.doctor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** What the data takes. What is left on the server's disk is not to be seen by SQL, and that is said. */
final class Disk implements Look {

    private static final double MEBIBYTE = 1024.0 * 1024.0;

    private static final String QUERY = "SELECT pg_database_size(current_database()) AS bytes";

    @Override
    public Check at(Connection connection, String id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return Check.ok(
                    id,
                    String.format(
                            Locale.ROOT,
                            "the database takes %,.1f MiB; what is free on the server's disk can't be seen by SQL: watch it"
                                    + " there",
                            row.getLong("bytes") / MEBIBYTE));
        }
    }
}
