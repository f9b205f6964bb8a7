package io.alphakeep.advise.doctor;

import io.alphakeep.config.DatabaseUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The server answers, and is of a version that alphakeep is tested with. */
final class Version implements Look {

    private static final int OLDEST = 15;
    private static final int NEWEST = 18;

    private static final String QUERY = """
            SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('server_version') AS text,
                   current_user AS role
            """;

    private final DatabaseUrl database;

    Version(DatabaseUrl database) {
        this.database = database;
    }

    @Override
    public Check at(Connection connection, String id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return judge(
                    id,
                    row.getInt("major"),
                    "PostgreSQL " + row.getString("text") + " at " + database.place() + ", as role "
                            + row.getString("role"));
        }
    }

    static Check judge(String id, int major, String seen) {
        if (major < OLDEST) {
            return Check.fail(id, seen + ": older than " + OLDEST, "use PostgreSQL " + OLDEST + " to " + NEWEST);
        }
        return major > NEWEST
                ? Check.warn(id, seen + ": newer than any that was tried", "use PostgreSQL " + OLDEST + " to " + NEWEST)
                : Check.ok(id, seen);
    }
}
