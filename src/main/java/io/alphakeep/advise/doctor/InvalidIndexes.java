package io.alphakeep.advise.doctor;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** No index that was left half-built: it costs every write and serves no query. */
final class InvalidIndexes implements Look {

    private static final int SHOWN = 5;

    // An index of a partitioned table is invalid until every partition has it; that is no wreckage.
    private static final String QUERY = """
            SELECT count(*) AS left_behind,
                   string_agg(quote_ident(s.nspname) || '.' || quote_ident(c.relname), ', ' ORDER BY c.relname)
                       FILTER (WHERE place <= ?) AS names
            FROM (SELECT i.indexrelid, i.indrelid, row_number() OVER (ORDER BY i.indexrelid) AS place
                  FROM pg_index i
                  JOIN pg_class c ON c.oid = i.indexrelid AND c.relkind = 'i'
                  JOIN pg_namespace s ON s.oid = c.relnamespace AND s.nspname = ?
                  JOIN pg_class t ON t.oid = i.indrelid AND t.relname LIKE 'alpha\\_%'
                  WHERE NOT i.indisvalid
                    AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index b WHERE b.index_relid = i.indexrelid)) AS i
            JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_namespace s ON s.oid = c.relnamespace
            """;

    private final String schema;

    InvalidIndexes(String schema) {
        this.schema = schema;
    }

    @Override
    public Check at(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setInt(1, SHOWN);
            statement.setString(2, schema);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long left = row.getLong("left_behind");
                return left == 0
                        ? Check.ok(id, "none is half-built")
                        : Check.warn(
                                id,
                                left + " invalid, left by builds that broke off: " + row.getString("names"),
                                "alphakeep maintain indexes removes its own; others: DROP INDEX CONCURRENTLY "
                                        + row.getString("names") + ";");
            }
        }
    }
}
