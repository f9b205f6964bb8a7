package io.alphakeep.maintain;

import io.alphakeep.db.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads what partitions a table has. */
public final class Catalogue {

    // The text of a bound is in the session's zone and style, and is read back by the same session. A partition that
    // is being detached takes no rows any more. A bound has no columns in it: with the number of its table pg_get_expr
    // would open that table, and wait for whoever holds it (VACUUM FULL, DDL); with 0 it reads the catalogue alone.
    private static final String PARTITIONS = """
            SELECT c.relname,
                   CASE WHEN bound[1] <> 'MINVALUE' THEN trim(bound[1], '''')::timestamptz END AS from_instant,
                   CASE WHEN bound[2] <> 'MAXVALUE' THEN trim(bound[2], '''')::timestamptz END AS until_instant
            FROM pg_inherits i
            JOIN pg_class c ON c.oid = i.inhrelid
            CROSS JOIN LATERAL regexp_match(
                pg_get_expr(c.relpartbound, 0), '^FOR VALUES FROM \\((.+)\\) TO \\((.+)\\)$') AS bound
            WHERE i.inhparent = to_regclass(?) AND NOT i.inhdetachpending AND bound IS NOT NULL
            ORDER BY 2 NULLS FIRST
            """;

    private final Transactions transactions;

    public Catalogue(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The attached partitions of a table, in order of time; none when there is no such table. */
    public List<Partition> partitions(String table) {
        return transactions.run(connection -> partitions(connection, table));
    }

    /** The same as the caller's transaction sees them. */
    public List<Partition> partitions(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PARTITIONS)) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                List<Partition> partitions = new ArrayList<>();
                while (rows.next()) {
                    partitions.add(new Partition(
                            rows.getString("relname"),
                            instant(rows, "from_instant", Instant.MIN),
                            instant(rows, "until_instant", Instant.MAX)));
                }
                return partitions;
            }
        }
    }

    private static Instant instant(ResultSet rows, String column, Instant unbounded) throws SQLException {
        OffsetDateTime value = rows.getObject(column, OffsetDateTime.class);
        return value == null ? unbounded : value.toInstant();
    }
}
