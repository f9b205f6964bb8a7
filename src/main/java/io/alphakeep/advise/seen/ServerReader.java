package io.alphakeep.advise.seen;

import io.alphakeep.advise.seen.Server.Setting;
import io.alphakeep.db.ArrayLiteral;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Settings and counters of the server. */
final class ServerReader {

    private static final List<String> NAMES = List.of(
            "autovacuum",
            "autovacuum_freeze_max_age",
            "autovacuum_multixact_freeze_max_age",
            "autovacuum_vacuum_scale_factor",
            "checkpoint_timeout",
            "default_toast_compression",
            "effective_cache_size",
            "fsync",
            "full_page_writes",
            "log_min_duration_statement",
            "maintenance_work_mem",
            "max_connections",
            "max_wal_size",
            "random_page_cost",
            "shared_buffers",
            "synchronous_commit",
            "temp_buffers",
            "track_counts",
            "wal_buffers",
            "wal_writer_delay",
            "work_mem");

    private static final int MONITOR_VERSION = 170000;

    // A file is told to pg_read_all_settings alone.
    private static final String SETTINGS = """
            SELECT name, setting, coalesce(unit, '') AS unit, source, coalesce(sourcefile, '') AS file, pending_restart,
                   context = 'postmaster' AS restart, coalesce(array_to_string(enumvals, ','), '') AS choices
            FROM pg_settings WHERE name = ANY (?::text[]) OR pending_restart
            """;

    // Counters that were never reset are as old as the database; that they are as old as the server's start is sure.
    private static final String COUNTERS = """
            SELECT current_setting('server_version_num')::int AS version, d.datname, current_user AS role,
                   (extract(year FROM now() AT TIME ZONE 'UTC') * 12 + extract(month FROM now() AT TIME ZONE 'UTC') - 1)::int AS month,
                   extract(epoch FROM now() - coalesce(d.stats_reset, pg_postmaster_start_time()))::bigint AS counted,
                   coalesce(extract(epoch FROM now() - d.stats_reset)::bigint, -1) AS reset,
                   d.temp_bytes, (SELECT sum(numbackends) FROM pg_stat_database) AS connections,
                   (SELECT wal_buffers_full FROM pg_stat_wal) AS wal_buffers_full,
                   (SELECT quote_ident(n.nspname) || '.' || quote_ident(p.proname)
                    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                    WHERE n.nspname = ? AND p.proname = 'create_monthly_partition'
                      AND p.proargtypes::text = 'text'::regtype::oid || ' ' || 'date'::regtype::oid) AS maker,
                   (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
                    WHERE e.extname = 'hypopg') AS hypothetical
            FROM pg_stat_database d WHERE d.datname = current_database()
            """;

    private static final String CHECKPOINTS_BEFORE_17 =
            "SELECT checkpoints_timed AS timed, checkpoints_req AS requested FROM pg_stat_bgwriter";
    private static final String CHECKPOINTS =
            "SELECT num_timed AS timed, num_requested AS requested FROM pg_stat_checkpointer";

    private final String schema;

    ServerReader(String schema) {
        this.schema = schema;
    }

    static int process(Connection connection) throws SQLException {
        return ObservedReader.rows(connection, "SELECT pg_backend_pid()", row -> row.getInt(1))
                .get(0);
    }

    Server read(Connection connection) throws SQLException {
        Map<String, Setting> settings = new HashMap<>();
        ArrayLiteral names = new ArrayLiteral();
        NAMES.forEach(names::add);
        ObservedReader.rows(
                connection,
                SETTINGS,
                row -> settings.put(
                        row.getString("name"),
                        new Setting(
                                row.getString("setting"),
                                row.getString("unit"),
                                row.getString("source"),
                                row.getString("file"),
                                row.getBoolean("pending_restart"),
                                row.getBoolean("restart"),
                                row.getString("choices"))),
                names.toString());
        boolean monitor =
                Integer.parseInt(ObservedReader.rows(connection, "SHOW server_version_num", row -> row.getString(1))
                                .get(0))
                        >= MONITOR_VERSION;
        long[] checkpoints = ObservedReader.rows(connection, monitor ? CHECKPOINTS : CHECKPOINTS_BEFORE_17, row ->
                        new long[] {row.getLong("timed"), row.getLong("requested")})
                .get(0);
        return ObservedReader.rows(connection, COUNTERS, row -> server(row, settings, checkpoints), schema)
                .get(0);
    }

    private static Server server(ResultSet row, Map<String, Setting> settings, long[] checkpoints) throws SQLException {
        return new Server(
                row.getInt("version"),
                row.getInt("month"),
                row.getString("datname"),
                row.getString("role"),
                settings,
                row.getLong("connections"),
                row.getLong("counted"),
                row.getLong("reset") < 0 ? OptionalLong.empty() : OptionalLong.of(row.getLong("reset")),
                row.getLong("temp_bytes"),
                checkpoints[0],
                checkpoints[1],
                row.getLong("wal_buffers_full"),
                Optional.ofNullable(row.getString("maker")),
                Optional.ofNullable(row.getString("hypothetical")));
    }
}
