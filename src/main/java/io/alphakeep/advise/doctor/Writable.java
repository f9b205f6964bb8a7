package io.alphakeep.advise.doctor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The server takes writes: it is no standby, and nothing makes transactions read-only. */
final class Writable implements Look {

    private static final String QUERY =
            "SELECT pg_is_in_recovery() AS standby, current_setting('default_transaction_read_only')::boolean AS read_only";

    @Override
    public Check at(Connection connection, String id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            if (row.getBoolean("standby")) {
                return Check.fail(
                        id,
                        "the server is a standby, it takes no writes",
                        "point ALPHAKEEP_DATABASE_URL at the primary, or name all hosts and add targetServerType=primary");
            }
            return row.getBoolean("read_only")
                    ? Check.fail(
                            id,
                            "default_transaction_read_only is on",
                            "ALTER ROLE … RESET default_transaction_read_only, or of the database or the server,"
                                    + " wherever it is set")
                    : Check.ok(id, "the server takes writes");
        }
    }
}
