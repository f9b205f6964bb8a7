package io.alphakeep.advise.doctor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** None is needed; the one that helps to find slow statements is told of. */
final class Extensions implements Look {

    private static final String QUERY =
            "SELECT (SELECT extversion FROM pg_extension WHERE extname = 'pg_stat_statements') AS version";

    @Override
    public Check at(Connection connection, String id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            String version = row.getString("version");
            return Check.ok(
                    id,
                    version == null
                            ? "pg_stat_statements is not installed; alphakeep runs without it"
                            : "pg_stat_statements " + version);
        }
    }
}
