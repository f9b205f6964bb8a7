package io.alphakeep.advise.seen;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Indexes of the tables of the schema whose name begins with {@code alpha_}. */
final class IndexReader {

    // What an index would take built anew, by the B-tree's page layout: an entry is its values, 8 bytes and 4 for
    // its place, and pages are filled to nine tenths. Repeated keys are folded since PostgreSQL 13: the estimate is
    // on the high side. Column widths are of pg_stats, which shows those of the tables that the role may read.
    // Another role's build is shown without the index that it builds.
    private static final String INDEXES = """
            SELECT n.nspname, c.relname, t.relname AS table_name, c.relkind = 'I' AS partitioned,
                   i.indisvalid AND i.indisready AS valid,
                   EXISTS (SELECT FROM pg_stat_progress_create_index b WHERE b.index_relid = i.indexrelid) AS building,
                   EXISTS (SELECT FROM pg_stat_progress_create_index b
                           WHERE b.index_relid IS NULL AND b.datname = current_database()) AS hidden,
                   i.indisunique,
                   i.indisprimary OR i.indisexclusion OR i.indisreplident OR i.indisclustered
                   OR EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
                   OR EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = i.indexrelid) AS needed,
                   coalesce(s.idx_scan, 0) + coalesce(l.scans, 0)::bigint AS scans, c.relpages + coalesce(l.pages, 0) AS relpages,
                   CASE WHEN a.amname = 'btree' AND i.indexprs IS NULL AND w.known = i.indnatts AND c.reltuples > 0
                        THEN ceil(c.reltuples * (w.width + 12) / (8192 * 0.9))::bigint ELSE 0 END AS needs_pages,
                   (SELECT string_agg(concat_ws(':', i.indkey[k], i.indclass[k], i.indcollation[k], i.indoption[k]), ' '
                                      ORDER BY k)
                    FROM generate_series(0, i.indnkeyatts - 1) k) AS keys,
                   coalesce((SELECT string_agg(i.indkey[k]::text, ' ' ORDER BY i.indkey[k])
                             FROM generate_series(i.indnkeyatts, i.indnatts - 1) k), '') AS extra,
                   concat_ws(' ', a.amname, pg_get_expr(i.indexprs, i.indrelid), 'WHERE ' || pg_get_expr(i.indpred, i.indrelid))
                       AS rest,
                   a.amname = 'btree' AND i.indexprs IS NULL AND i.indpred IS NULL AS plain,
                   pg_get_indexdef(i.indexrelid) AS definition
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid AND c.relkind IN ('i', 'I')
            JOIN pg_am a ON a.oid = c.relam
            JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = ?
            JOIN pg_class t ON t.oid = i.indrelid AND t.relname LIKE 'alpha\\_%'
            LEFT JOIN pg_stat_user_indexes s ON s.indexrelid = i.indexrelid
            LEFT JOIN LATERAL (WITH RECURSIVE leaf AS (
                                   SELECT h.inhrelid FROM pg_inherits h WHERE h.inhparent = i.indexrelid
                                   UNION ALL
                                   SELECT h.inhrelid FROM pg_inherits h JOIN leaf ON h.inhparent = leaf.inhrelid)
                               SELECT sum(u.idx_scan) AS scans, sum(x.relpages)::bigint AS pages FROM leaf
                               JOIN pg_class x ON x.oid = leaf.inhrelid
                               LEFT JOIN pg_stat_user_indexes u ON u.indexrelid = x.oid) AS l ON c.relkind = 'I'
            CROSS JOIN LATERAL (SELECT coalesce(sum(p.avg_width), 0) AS width, count(*) AS known
                                FROM pg_attribute k
                                JOIN pg_stats p ON p.schemaname = n.nspname AND p.tablename = t.relname
                                               AND p.attname = k.attname AND NOT p.inherited
                                WHERE k.attrelid = i.indrelid AND k.attnum = ANY (i.indkey)) AS w
            ORDER BY i.indexrelid LIMIT 10000
            """;

    private final String schema;
    private final List<String> unseen;
    private long hidden;

    /** @param unseen is told what can't be judged */
    IndexReader(String schema, List<String> unseen) {
        this.schema = schema;
        this.unseen = unseen;
    }

    List<Index> read(Connection connection) throws SQLException {
        // So that the definitions name the schema of all that is not the server's own.
        ObservedReader.rows(
                connection, "SELECT set_config('search_path', 'pg_catalog', true)", row -> row.getString(1));
        hidden = 0;
        List<Index> indexes = ObservedReader.rows(connection, INDEXES, this::index, schema);
        if (hidden > 0) {
            unseen.add(hidden + " invalid indexes: another role builds one now, and which one may not be seen;"
                    + " GRANT pg_monitor TO this role");
        }
        return indexes;
    }

    private Index index(ResultSet row) throws SQLException {
        boolean valid = row.getBoolean("valid");
        boolean building = row.getBoolean("building");
        boolean mayBe = !valid && !building && row.getBoolean("hidden");
        hidden += mayBe ? 1 : 0;
        return new Index(
                row.getString("nspname"),
                row.getString("relname"),
                row.getString("table_name"),
                row.getBoolean("partitioned"),
                valid,
                building || mayBe,
                row.getBoolean("indisunique"),
                row.getBoolean("needed"),
                row.getLong("scans"),
                row.getLong("relpages"),
                row.getLong("needs_pages"),
                row.getString("keys"),
                row.getString("extra"),
                row.getString("rest"),
                row.getBoolean("plain"),
                row.getString("definition"));
    }
}
