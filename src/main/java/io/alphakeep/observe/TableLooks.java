package io.alphakeep.observe;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Identifier;
import io.alphakeep.db.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the server's own statistics say of our tables and statements; never the tables' rows. */
final class TableLooks {

    // Each relation once, under the name of the table whose part it is: to look for the parts of one table after the
    // other takes time by the square of their number.
    private static final String TABLES = """
            SELECT t.relname AS table_name,
                   sum(pg_total_relation_size(s.relid)) AS bytes, sum(s.n_live_tup) AS live, sum(s.n_dead_tup) AS dead,
                   greatest(max(s.n_dead_tup - s.n_live_tup / 5), 0) AS excess,
                   extract(epoch FROM greatest(max(s.last_vacuum), max(s.last_autovacuum))) AS vacuumed,
                   coalesce(sum(s.idx_scan), 0) AS index_scans, coalesce(sum(s.seq_scan), 0) AS sequential_scans,
                   sum(unused.n) AS unused, coalesce(sum(unused.bytes), 0) AS unused_bytes
            FROM pg_stat_user_tables s
            JOIN pg_class leaf ON leaf.oid = s.relid AND leaf.relkind = 'r'
            JOIN pg_class t ON t.oid = coalesce(pg_partition_root(s.relid), s.relid)
            JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
            CROSS JOIN LATERAL (SELECT count(*) AS n, sum(pg_relation_size(u.indexrelid)) AS bytes
                                FROM pg_stat_user_indexes u
                                JOIN pg_index i ON i.indexrelid = u.indexrelid
                                WHERE u.relid = s.relid AND u.idx_scan = 0 AND NOT i.indisunique) AS unused
            WHERE t.relname LIKE 'alpha\\_%'
            GROUP BY t.oid, t.relname
            """;

    // Those of partitions by the name of the parent's index, and those by age, which have no parent, by that of their
    // policy.
    private static final String INDEXES = """
            SELECT name, sum(scans) AS scans, sum(bytes) AS bytes
            FROM (
                SELECT coalesce(root.relname, substring(substr(i.relname, length(u.relname) + 2) FROM '^(.+)_ak[0-9a-f]{6}$'),
                                i.relname) AS name, u.idx_scan AS scans, pg_relation_size(i.oid) AS bytes
                FROM pg_stat_user_indexes u
                JOIN pg_class i ON i.oid = u.indexrelid
                LEFT JOIN pg_class root ON root.oid = pg_partition_root(i.oid)
                WHERE u.schemaname = current_schema() AND u.relname LIKE 'alpha\\_%'
            ) AS each
            GROUP BY name
            """;

    // A bound has no columns in it: with 0 instead of its table it is read from the catalogue alone, without a lock.
    // Others' partitioned tables, of whatever names, have months of their own.
    private static final String AHEAD = """
            WITH bounds AS (
                SELECT trim(bound[1], '''')::timestamptz AS lower, trim(bound[2], '''')::timestamptz AS upper
                FROM pg_inherits i
                JOIN pg_class c ON c.oid = i.inhrelid
                CROSS JOIN LATERAL regexp_match(
                    pg_get_expr(c.relpartbound, 0), '^FOR VALUES FROM \\((''.+'')\\) TO \\((''.+'')\\)$') AS bound
                WHERE i.inhparent = to_regclass('alpha_market_data') AND NOT i.inhdetachpending AND bound IS NOT NULL
            )
            SELECT coalesce(min(n) - 1, 36) AS ahead
            FROM (SELECT n, (date_trunc('month', now() AT TIME ZONE 'UTC') + n * interval '1 month') AT TIME ZONE 'UTC' AS month
                  FROM generate_series(1, 36) AS n) AS months
            WHERE NOT EXISTS (SELECT FROM bounds b WHERE month >= b.lower AND month < b.upper)
            HAVING to_regclass('alpha_market_data') IS NOT NULL
            """;

    // By database, since of other roles' sessions a role without pg_monitor is not even told that they are clients.
    private static final String CONNECTIONS = """
            SELECT (SELECT sum(numbackends) FROM pg_stat_database) AS used,
                   current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                       - coalesce(current_setting('reserved_connections', true)::int, 0) AS most
            """;

    // However long ago it was: the newest of each kind of pass stays in the log (ledger.Pruning).
    private static final String MAINTENANCE = """
            SELECT part, extract(epoch FROM (
                       SELECT max(finished_at)
                       FROM alpha_maintenance
                       WHERE action = 'pass' AND outcome = 'done'
                         AND (target = 'all' OR part = ANY (string_to_array(target, ','))))) AS finished
            FROM unnest(ARRAY['partitions', 'indexes', 'archive', 'statistics', 'ledger']) AS part
            """;

    private static final String EXTENSION = """
            SELECT n.nspname
            FROM pg_extension e
            JOIN pg_namespace n ON n.oid = e.extnamespace
            WHERE e.extname = 'pg_stat_statements'
            """;

    /** The extension is made in the database, but the server does not load it. */
    private static final String NOT_LOADED = "55000";

    private final Transactions transactions;
    private final ServerRoom hears;

    /** Hears how many connections the server allows and has. */
    @FunctionalInterface
    interface ServerRoom {
        void of(int limit, int connections);
    }

    TableLooks(Transactions transactions, ServerRoom hears) {
        this.transactions = transactions;
        this.hears = hears;
    }

    List<Look> all() {
        return List.of(
                new Look(
                        "tables",
                        List.of(
                                Meter.TABLE_SIZE_BYTES,
                                Meter.TABLE_ROWS,
                                Meter.TABLE_DEAD_ROWS,
                                Meter.TABLE_DEAD_ROWS_EXCESS,
                                Meter.TABLE_LAST_VACUUM_TIMESTAMP_SECONDS,
                                Meter.TABLE_INDEX_SCANS,
                                Meter.TABLE_SEQUENTIAL_SCANS,
                                Meter.TABLE_UNUSED_INDEXES,
                                Meter.TABLE_UNUSED_INDEX_SIZE_BYTES),
                        () -> Rows.of(transactions, TABLES, TableLooks::table)),
                new Look(
                        "indexes",
                        List.of(Meter.INDEX_SCANS, Meter.INDEX_SIZE_BYTES),
                        () -> Rows.of(transactions, INDEXES, (row, to) -> {
                            to.add(Sample.of(Meter.INDEX_SCANS, row.getLong("scans"), row.getString("name")));
                            to.add(Sample.of(Meter.INDEX_SIZE_BYTES, row.getLong("bytes"), row.getString("name")));
                        })),
                new Look(
                        "maintenance",
                        List.of(Meter.PARTITIONS_AHEAD, Meter.MAINTENANCE_LAST_SUCCESS_TIMESTAMP_SECONDS),
                        this::maintenance),
                new Look(
                        "connections",
                        List.of(Meter.DATABASE_CONNECTIONS, Meter.DATABASE_CONNECTIONS_LIMIT),
                        this::connections),
                new Look(
                        "statements",
                        List.of(Meter.STATEMENTS_SLOW, Meter.STATEMENT_SLOWEST_MEAN_SECONDS),
                        this::statements));
    }

    private static void table(ResultSet row, List<Sample> to) throws SQLException {
        String table = row.getString("table_name");
        to.add(Sample.of(Meter.TABLE_SIZE_BYTES, row.getLong("bytes"), table));
        to.add(Sample.of(Meter.TABLE_ROWS, row.getLong("live"), table));
        to.add(Sample.of(Meter.TABLE_DEAD_ROWS, row.getLong("dead"), table));
        to.add(Sample.of(Meter.TABLE_DEAD_ROWS_EXCESS, row.getLong("excess"), table));
        to.add(Sample.of(Meter.TABLE_INDEX_SCANS, row.getLong("index_scans"), table));
        to.add(Sample.of(Meter.TABLE_SEQUENTIAL_SCANS, row.getLong("sequential_scans"), table));
        to.add(Sample.of(Meter.TABLE_UNUSED_INDEXES, row.getLong("unused"), table));
        to.add(Sample.of(Meter.TABLE_UNUSED_INDEX_SIZE_BYTES, row.getLong("unused_bytes"), table));
        Rows.number(row, "vacuumed")
                .ifPresent(at -> to.add(Sample.of(Meter.TABLE_LAST_VACUUM_TIMESTAMP_SECONDS, at, table)));
    }

    private List<Sample> maintenance() {
        List<Sample> found = new ArrayList<>(Rows.of(
                transactions,
                AHEAD,
                (row, to) -> to.add(Sample.of(Meter.PARTITIONS_AHEAD, row.getInt("ahead"), "alpha_market_data"))));
        found.addAll(Rows.of(transactions, MAINTENANCE, (row, to) -> {
            String part = row.getString("part");
            Rows.number(row, "finished")
                    .ifPresent(at -> to.add(Sample.of(Meter.MAINTENANCE_LAST_SUCCESS_TIMESTAMP_SECONDS, at, part)));
        }));
        return found;
    }

    private List<Sample> connections() {
        return Rows.of(transactions, CONNECTIONS, (row, to) -> {
            to.add(Sample.of(Meter.DATABASE_CONNECTIONS, row.getLong("used")));
            to.add(Sample.of(Meter.DATABASE_CONNECTIONS_LIMIT, row.getLong("most")));
            hears.of(row.getInt("most"), row.getInt("used"));
        });
    }

    private List<Sample> statements() {
        try {
            return transactions.run(connection -> {
                List<Sample> found = new ArrayList<>();
                try (PreparedStatement looked = connection.prepareStatement(EXTENSION);
                        ResultSet place = looked.executeQuery()) {
                    if (place.next()) {
                        String slow =
                                "SELECT count(*) FILTER (WHERE mean_exec_time > 1000) AS slow, max(mean_exec_time) AS slowest FROM "
                                        + Identifier.quote(place.getString("nspname")) + ".pg_stat_statements"
                                        + " WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())";
                        try (PreparedStatement statement = connection.prepareStatement(slow);
                                ResultSet row = statement.executeQuery()) {
                            row.next();
                            found.add(Sample.of(Meter.STATEMENTS_SLOW, row.getLong("slow")));
                            Rows.number(row, "slowest")
                                    .ifPresent(millis ->
                                            found.add(Sample.of(Meter.STATEMENT_SLOWEST_MEAN_SECONDS, millis / 1_000)));
                        }
                    }
                }
                return found;
            });
        } catch (DatabaseException e) {
            if (e.state().equals(NOT_LOADED)) {
                return List.of();
            }
            throw e;
        }
    }
}
