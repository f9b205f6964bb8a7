package io.alphakeep.maintain.archive;

import io.alphakeep.db.ArrayLiteral;
import io.alphakeep.maintain.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Who has our tables, and who waits for them. */
final class LockHolders {

    // The oldest transaction is the one that will not end soon.
    private static final String OLDEST = """
            SELECT a.pid, coalesce(nullif(a.application_name, ''), a.backend_type, 'unknown') AS who,
                   a.state,
                   extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, a.backend_start))::bigint AS seconds
            FROM pg_locks l
            JOIN pg_stat_activity a ON a.pid = l.pid
            JOIN pg_class c ON c.oid = l.relation
            WHERE l.granted AND l.locktype = 'relation' AND l.pid <> pg_backend_pid()
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND c.relnamespace = current_schema()::regnamespace AND c.relname LIKE ? || '%'
            ORDER BY coalesce(a.xact_start, a.backend_start)
            LIMIT 1
            """;

    private static final String WAITING = """
            SELECT EXISTS (
                SELECT
                FROM pg_locks l
                JOIN pg_class c ON c.oid = l.relation
                WHERE NOT l.granted AND l.pid <> pg_backend_pid()
                  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND c.relnamespace = current_schema()::regnamespace AND c.relname = ANY (?::text[]))
            """;

    private final Statements sql;

    LockHolders(Statements sql) {
        this.sql = sql;
    }

    /** Who of those that have one of our tables has been at it the longest. */
    String words(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OLDEST)) {
            statement.setString(1, sql.table().replace("_", "\\_"));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? "in the way is " + Session.of(row).words() : "others had the tables each time";
            }
        }
    }

    boolean someoneWaitsFor(Connection connection, List<String> relations) throws SQLException {
        if (relations.isEmpty()) {
            return false;
        }
        ArrayLiteral names = new ArrayLiteral();
        relations.forEach(names::add);
        try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
            statement.setString(1, names.toString());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
