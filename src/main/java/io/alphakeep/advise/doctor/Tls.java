package io.alphakeep.advise.doctor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The connection to another machine is encrypted. Behind a pooler the server knows only of the pooler's own connection. */
final class Tls implements Look {

    private static final String QUERY = "SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

    private final boolean local;

    Tls(boolean local) {
        this.local = local;
    }

    @Override
    public Check at(Connection connection, String id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            boolean encrypted = row.next() && row.getBoolean("ssl");
            if (encrypted) {
                return Check.ok(id, "the server's connection uses " + row.getString("version"));
            }
            return local
                    ? Check.ok(id, "not encrypted, and does not leave this machine")
                    : Check.warn(
                            id,
                            "the server's connection is not encrypted",
                            "add sslmode=verify-full (or at least require) to ALPHAKEEP_DATABASE_URL; behind a pooler, its"
                                    + " server_tls_sslmode");
        }
    }
}
