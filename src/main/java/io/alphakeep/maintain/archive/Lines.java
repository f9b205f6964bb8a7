package io.alphakeep.maintain.archive;

import io.alphakeep.db.Instants;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes {@code alpha_archive}, in the caller's transaction: that of the change a line tells of. */
final class Lines {

    private static final String READ = """
            SELECT a.relation, a.state, a.parent, a.copied_to, a.lower_bound, a.upper_bound, a.row_count, a.row_hash,
                   a.drop_after, c.oid IS NOT NULL AS is_there, coalesce(c.relispartition, false) AS attached,
                   a.state <> 'copy' OR c.oid IS NULL OR (
                       (SELECT array_agg(attname || ' ' || atttypid ORDER BY attnum) FROM pg_attribute
                        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped)
                       = (SELECT array_agg(attname || ' ' || atttypid ORDER BY attnum) FROM pg_attribute
                          WHERE attrelid = p.oid AND attnum > 0 AND NOT attisdropped)
                       AND (SELECT count(*) FROM pg_index WHERE indrelid = c.oid)
                           >= (SELECT count(*) FROM pg_index WHERE indrelid = p.oid)) AS fits
            FROM alpha_archive a
            JOIN pg_class p ON p.relname = a.parent AND p.relnamespace = current_schema()::regnamespace
            LEFT JOIN pg_class c
                ON c.relname = a.relation AND c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
            WHERE a.parent IN (?, ?)
            ORDER BY a.lower_bound, a.relation
            """;

    // The copy's own transaction is known only from inside of it. A line may stand there of a copy that somebody
    // dropped.
    private static final String COPIED = """
            INSERT INTO alpha_archive (relation, state, parent, lower_bound, upper_bound, source_xmin, copied_xid, since)
            VALUES (?, 'copy', ?, ?, ?, ?::xid8, pg_current_xact_id(), ?)
            ON CONFLICT (relation) DO UPDATE
            SET source_xmin = EXCLUDED.source_xmin, copied_xid = EXCLUDED.copied_xid, since = EXCLUDED.since
            WHERE alpha_archive.state = 'copy'
            """;

    private static final String CAUGHT_UP =
            "UPDATE alpha_archive SET copied_xid = pg_current_xact_id() WHERE relation = ? AND state = 'copy'";

    private static final String LEFT = """
            INSERT INTO alpha_archive (relation, state, parent, copied_to, lower_bound, upper_bound, row_count, row_hash,
                                       since, drop_after)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String REMOVE = "DELETE FROM alpha_archive WHERE relation = ?";

    private Lines() {}

    static List<Line> read(Connection connection, String table, String archive) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, table);
            statement.setString(2, archive);
            List<Line> lines = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lines.add(new Line(
                            row.getString("relation"),
                            row.getString("state"),
                            row.getString("parent"),
                            row.getString("copied_to"),
                            new Range(Instants.get(row, "lower_bound"), Instants.get(row, "upper_bound")),
                            row.getBigDecimal("row_hash") == null
                                    ? null
                                    : new Contents(row.getLong("row_count"), row.getBigDecimal("row_hash")),
                            Instants.get(row, "drop_after"),
                            row.getBoolean("is_there"),
                            row.getBoolean("attached"),
                            row.getBoolean("fits")));
                }
            }
            return lines;
        }
    }

    static void copied(Connection connection, String copy, String parent, Range range, String sourceXmin, Instant at)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COPIED)) {
            statement.setString(1, copy);
            statement.setString(2, parent);
            Instants.set(statement, 3, range.from());
            Instants.set(statement, 4, range.until());
            statement.setString(5, sourceXmin);
            Instants.set(statement, 6, at);
            statement.executeUpdate();
        }
    }

    static void caughtUp(Connection connection, String copy) throws SQLException {
        update(connection, CAUGHT_UP, copy);
    }

    static void left(Connection connection, Line line, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LEFT)) {
            statement.setString(1, line.relation());
            statement.setString(2, line.state());
            statement.setString(3, line.parent());
            statement.setString(4, line.copiedTo());
            Instants.set(statement, 5, line.range().from());
            Instants.set(statement, 6, line.range().until());
            statement.setLong(7, line.contents().rows());
            statement.setBigDecimal(8, line.contents().hash());
            Instants.set(statement, 9, at);
            Instants.set(statement, 10, line.dropAfter());
            statement.executeUpdate();
        }
    }

    static void remove(Connection connection, String relation) throws SQLException {
        update(connection, REMOVE, relation);
    }

    private static void update(Connection connection, String sql, String relation) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, relation);
            statement.executeUpdate();
        }
    }
}
