package io.alphakeep.maintain.index;

import io.alphakeep.db.Identifier;
import io.alphakeep.db.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** Reads what indexes the partitions of a table have. */
final class IndexCatalogue {

    // What another role builds is not shown to us (relid is null then), but its lock on the table is: one session
    // builds on a table at a time.
    private static final String INDEXES = """
            SELECT t.relname AS partition, c.relname AS name,
                   i.indisvalid AND i.indisready AND i.indislive AS valid,
                   EXISTS (
                       SELECT FROM pg_stat_progress_create_index p
                       WHERE p.datname = current_database()
                         AND (p.index_relid = i.indexrelid
                              OR p.relid IS NULL AND EXISTS (
                                  SELECT FROM pg_locks l
                                  WHERE l.pid = p.pid AND l.locktype = 'relation' AND l.relation = i.indrelid
                                    AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted))) AS building,
                   i.indisunique
                       OR EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = i.indexrelid)
                       OR EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid) AS belonging
            FROM pg_inherits parts
            JOIN pg_class t ON t.oid = parts.inhrelid
            JOIN pg_index i ON i.indrelid = t.oid
            JOIN pg_class c ON c.oid = i.indexrelid
            WHERE parts.inhparent = to_regclass(?) AND NOT parts.inhdetachpending
            ORDER BY t.relname COLLATE "C", c.relname COLLATE "C"
            """;

    private static final String SIZE = "SELECT pg_size_pretty(pg_relation_size(to_regclass(?)))";

    private final Transactions transactions;

    IndexCatalogue(Transactions transactions) {
        this.transactions = transactions;
    }

    /** All indexes of all attached partitions; none when there is no such table. */
    List<ObservedIndex> indexes(String table) {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(INDEXES)) {
                statement.setString(1, Identifier.quote(table));
                try (ResultSet rows = statement.executeQuery()) {
                    List<ObservedIndex> indexes = new ArrayList<>();
                    while (rows.next()) {
                        indexes.add(new ObservedIndex(
                                rows.getString("partition"),
                                rows.getString("name"),
                                rows.getBoolean("valid"),
                                rows.getBoolean("building"),
                                rows.getBoolean("belonging")));
                    }
                    return indexes;
                }
            }
        });
    }

    /** How big an index is, in words; "unknown size" when it is gone. */
    String size(String index) {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SIZE)) {
                statement.setString(1, Identifier.quote(index));
                try (ResultSet row = statement.executeQuery()) {
                    String size = row.next() ? row.getString(1) : null;
                    return size == null ? "unknown size" : size;
                }
            }
        });
    }
}
