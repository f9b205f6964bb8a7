package io.alphakeep.advise.seen;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What goes on in the server: transactions, replication slots, and how far the databases are from their freezing. */
final class ActivityReader {

    private static final String SESSIONS = """
            SELECT pid, concat_ws(', ', nullif(usename, ''), nullif(application_name, '')) AS who, xact_start::text AS started,
                   coalesce(state, '') AS state,
                   extract(epoch FROM clock_timestamp() - xact_start)::bigint AS seconds,
                   CASE WHEN state LIKE 'idle in transaction%'
                        THEN extract(epoch FROM clock_timestamp() - state_change)::bigint ELSE 0 END AS idle,
                   application_name = 'alphakeep' AS ours
            FROM pg_stat_activity
            WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
              AND xact_start IS NOT NULL
            UNION ALL
            SELECT 0, gid, prepared::text, 'prepared', extract(epoch FROM clock_timestamp() - prepared)::bigint, 0, false
            FROM pg_prepared_xacts WHERE database = current_database()
            ORDER BY seconds DESC LIMIT 100
            """;

    // The server shows that another role's session is there, and nothing of what it does.
    private static final String HIDDEN = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND query = '<insufficient privilege>'
            """;

    // inactive_since came with PostgreSQL 17.
    private static final String SLOTS = """
            SELECT slot_name, active, coalesce(wal_status, '') AS status,
                   coalesce(to_jsonb(s) ->> 'inactive_since', '') AS inactive_since,
                   coalesce(pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                                                 ELSE pg_current_wal_lsn() END, restart_lsn), -1)::bigint AS retained
            FROM pg_replication_slots s WHERE NOT temporary ORDER BY slot_name LIMIT 100
            """;

    private static final String DATABASES = """
            SELECT datname, age(datfrozenxid)::bigint AS transactions, mxid_age(datminmxid)::bigint AS multixacts
            FROM pg_database WHERE datallowconn ORDER BY age(datfrozenxid) DESC LIMIT 100
            """;

    // VACUUM of a table freezes its TOAST table too.
    private static final String TABLES = """
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name,
                   greatest(age(c.relfrozenxid), age(t.relfrozenxid))::bigint AS transactions,
                   greatest(mxid_age(c.relminmxid), mxid_age(t.relminmxid))::bigint AS multixacts
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname NOT LIKE 'pg\\_temp%'
            LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
            WHERE c.relkind IN ('r', 'm')
            ORDER BY greatest(age(c.relfrozenxid), age(t.relfrozenxid), mxid_age(c.relminmxid), mxid_age(t.relminmxid)) DESC
            LIMIT\s""" + Observed.Age.OLDEST;

    List<Observed.Session> sessions(Connection connection) throws SQLException {
        return ObservedReader.rows(
                connection,
                SESSIONS,
                row -> new Observed.Session(
                        row.getInt("pid"),
                        row.getString("who"),
                        row.getString("started"),
                        row.getString("state"),
                        row.getLong("seconds"),
                        row.getLong("idle"),
                        row.getBoolean("ours")));
    }

    long hidden(Connection connection) throws SQLException {
        return ObservedReader.rows(connection, HIDDEN, row -> row.getLong(1)).get(0);
    }

    List<Observed.Slot> slots(Connection connection) throws SQLException {
        return ObservedReader.rows(
                connection,
                SLOTS,
                row -> new Observed.Slot(
                        row.getString("slot_name"),
                        row.getBoolean("active"),
                        row.getLong("retained"),
                        row.getString("status"),
                        row.getString("inactive_since")));
    }

    List<Observed.Age> databases(Connection connection) throws SQLException {
        return ages(connection, DATABASES, "datname");
    }

    List<Observed.Age> tables(Connection connection) throws SQLException {
        return ages(connection, TABLES, "name");
    }

    private static List<Observed.Age> ages(Connection connection, String sql, String name) throws SQLException {
        return ObservedReader.rows(
                connection,
                sql,
                row -> new Observed.Age(row.getString(name), row.getLong("transactions"), row.getLong("multixacts")));
    }
}
