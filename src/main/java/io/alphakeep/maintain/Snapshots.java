package io.alphakeep.maintain;

import io.alphakeep.db.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who holds an old snapshot. CREATE INDEX CONCURRENTLY waits for every snapshot of the database that is older than its own
 * (manual, "Building Indexes Concurrently"); one who has held his for a while already will hold it for a while yet.
 */
public final class Snapshots {

    private static final String OLDEST = """
            SELECT pid, coalesce(nullif(application_name, ''), backend_type, 'unknown') AS who,
                   coalesce(state, 'unknown') AS state,
                   extract(epoch FROM clock_timestamp() - coalesce(xact_start, query_start, backend_start))::bigint AS seconds
            FROM pg_stat_activity
            WHERE datname = current_database() AND backend_xmin IS NOT NULL AND pid <> pg_backend_pid()
              AND coalesce(backend_type, 'client backend') NOT LIKE 'autovacuum%'
              AND clock_timestamp() - coalesce(xact_start, query_start, backend_start) >= ? * interval '1 millisecond'
            ORDER BY coalesce(xact_start, query_start, backend_start)
            LIMIT 1
            """;

    // The times of other roles' sessions are shown to members of pg_read_all_stats only; that they hold a snapshot is
    // shown to all. virtualtransaction and xmin together change when another one is taken. A worker of autovacuum has
    // no role.
    private static final String UNDATED = """
            SELECT a.pid || ' ' || l.virtualtransaction || ' ' || a.backend_xmin AS snapshot, a.pid,
                   coalesce(nullif(a.application_name, ''), a.usename) AS who
            FROM pg_stat_activity a
            JOIN pg_locks l ON l.pid = a.pid AND l.locktype = 'virtualxid' AND l.virtualxid = l.virtualtransaction
            WHERE a.datname = current_database() AND a.backend_xmin IS NOT NULL AND a.pid <> pg_backend_pid()
              AND a.usesysid IS NOT NULL AND a.backend_start IS NULL
            """;

    private final Transactions transactions;

    public Snapshots(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * The oldest one held for at least so long, in words: process, program, state and age. Without the rights of {@code
     * pg_read_all_stats} those of other roles are not among them: {@link #undatedHeldFor}.
     */
    public Optional<String> olderThan(Duration age) {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(OLDEST)) {
                statement.setLong(1, age.toMillis());
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of("a transaction of " + row.getString("who") + " (process " + row.getInt("pid")
                                    + ", " + row.getString("state") + ") has held a snapshot for "
                                    + row.getLong("seconds") + " s")
                            : Optional.<String>empty();
                }
            }
        });
    }

    /**
     * One of another role whose age is not shown to us, and that is still held after this time, in words. Returns at once when
     * there is none, and otherwise as soon as all that were seen at first are gone.
     */
    public Optional<String> undatedHeldFor(Duration time) {
        return Undated.lasting(time, this::undated)
                .map(who -> who + " has held a snapshot for " + time.toMillis() + " ms at least");
    }

    private Map<String, String> undated() {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(UNDATED);
                    ResultSet rows = statement.executeQuery()) {
                Map<String, String> undated = new LinkedHashMap<>();
                while (rows.next()) {
                    undated.put(
                            rows.getString("snapshot"),
                            "a transaction of " + rows.getString("who") + " (process " + rows.getInt("pid") + ")");
                }
                return undated;
            }
        });
    }
}
