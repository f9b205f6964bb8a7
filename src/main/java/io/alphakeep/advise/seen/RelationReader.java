package io.alphakeep.advise.seen;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables and partitions of the schema whose name begins with {@code alpha_}. */
final class RelationReader {

    // Sizes are the catalogue's own estimate: pg_relation_size opens the table, and waits for who locks it. Of what
    // was never analysed it is asked, but not where somebody keeps everybody out or is about to.
    private static final String TABLES = """
            WITH locked AS MATERIALIZED (
                SELECT relation FROM pg_locks
                WHERE mode = 'AccessExclusiveLock' AND relation IS NOT NULL
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            )
            SELECT n.nspname, c.relname, c.relkind, coalesce(p.relname, '') AS parent,
                   CASE WHEN c.relkind = 'r' AND c.relpages = 0 AND NOT EXISTS (SELECT FROM locked WHERE relation = c.oid)
                        THEN coalesce(pg_relation_size(c.oid) / current_setting('block_size')::int, 0)
                        ELSE c.relpages END AS relpages,
                   greatest(s.n_live_tup, c.reltuples::bigint, 0) AS live, coalesce(s.n_dead_tup, 0) AS dead,
                   coalesce(array_to_string(c.reloptions, E'\\n'), '') AS options,
                   coalesce(array_to_string(t.reloptions, E'\\n'), '') AS toast,
                   ARRAY (SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND atttypid = 'jsonb'::regtype) AS jsonb
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = ?
            LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
            LEFT JOIN pg_class p ON p.oid = i.inhparent
            LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
            LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
            WHERE c.relkind IN ('r', 'p') AND c.relname LIKE 'alpha\\_%'
            ORDER BY c.relname LIMIT 5000
            """;

    // A bound has no columns in it: with 0 instead of its table it is read from the catalogue alone, without a lock.
    // An upper bound is exclusive: the last month that a range holds the beginning of is that of the instant before it.
    private static final String PARTITIONS = """
            SELECT p.relname AS parent, c.relname,
                   pg_get_expr(c.relpartbound, 0) = 'DEFAULT' AS is_default,
                   (extract(year FROM lower) * 12 + extract(month FROM lower) - now_month)::int AS ahead,
                   (extract(year FROM last) * 12 + extract(month FROM last) - now_month)::int AS ahead_until
            FROM pg_inherits i
            JOIN pg_class c ON c.oid = i.inhrelid AND c.relispartition
            JOIN pg_class p ON p.oid = i.inhparent AND p.relkind = 'p' AND p.relname LIKE 'alpha\\_%'
            JOIN pg_namespace n ON n.oid = p.relnamespace AND n.nspname = ?
            LEFT JOIN LATERAL regexp_match(pg_get_expr(c.relpartbound, 0),
                '^FOR VALUES FROM \\(''(\\d{4}-\\d\\d-\\d\\d[^'']*)''\\) TO \\(''(\\d{4}-\\d\\d-\\d\\d[^'']*)''\\)$') AS bound ON true
            CROSS JOIN LATERAL (SELECT bound[1]::timestamptz AT TIME ZONE 'UTC' AS lower,
                                       bound[2]::timestamptz AT TIME ZONE 'UTC' - interval '1 us' AS last,
                                       extract(year FROM now() AT TIME ZONE 'UTC') * 12
                                       + extract(month FROM now() AT TIME ZONE 'UTC') AS now_month) AS months
            WHERE NOT i.inhdetachpending
            ORDER BY c.relname LIMIT 5000
            """;

    private final String schema;

    RelationReader(String schema) {
        this.schema = schema;
    }

    List<Table> tables(Connection connection) throws SQLException {
        return ObservedReader.rows(
                connection,
                TABLES,
                row -> {
                    Map<String, String> options = new HashMap<>();
                    put(options, "", row.getString("options"));
                    put(options, "toast.", row.getString("toast"));
                    return new Table(
                            row.getString("nspname"),
                            row.getString("relname"),
                            row.getString("relkind").charAt(0),
                            row.getString("parent"),
                            row.getLong("relpages"),
                            row.getLong("live"),
                            row.getLong("dead"),
                            false,
                            0,
                            Map.copyOf(options),
                            Set.of((String[]) row.getArray("jsonb").getArray()));
                },
                schema);
    }

    private static void put(Map<String, String> options, String prefix, String text) {
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                options.put(prefix + line.substring(0, equals), line.substring(equals + 1));
            }
        });
    }

    List<Observed.Partition> partitions(Connection connection) throws SQLException {
        return ObservedReader.rows(
                connection,
                PARTITIONS,
                row -> new Observed.Partition(
                        row.getString("parent"),
                        row.getString("relname"),
                        row.getBoolean("is_default"),
                        row.getObject("ahead", Integer.class),
                        row.getObject("ahead_until", Integer.class)),
                schema);
    }
}
