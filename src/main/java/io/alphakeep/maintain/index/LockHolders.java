package io.alphakeep.maintain.index;

import io.alphakeep.db.Identifier;
import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Undated;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whose transaction holds a lock on a partition that a concurrent command would wait for: building waits for whoever writes
 * (or may), dropping for whoever reads too. A writer that idles in its transaction holds no snapshot, only this.
 */
final class LockHolders {

    private static final String OLDEST = """
            SELECT a.pid, coalesce(nullif(a.application_name, ''), a.backend_type, 'unknown') AS who,
                   a.state, extract(epoch FROM clock_timestamp() - a.xact_start)::bigint AS seconds
            FROM pg_locks l
            JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE a.datname = current_database() AND l.locktype = 'relation' AND l.relation = to_regclass(?)
              AND l.granted AND l.pid <> pg_backend_pid()
              AND (? OR l.mode NOT IN ('AccessShareLock', 'RowShareLock'))
              AND coalesce(a.backend_type, 'client backend') NOT LIKE 'autovacuum%'
              AND clock_timestamp() - a.xact_start >= ? * interval '1 millisecond'
            ORDER BY a.xact_start
            LIMIT 1
            """;

    // As in Snapshots: the times of other roles' sessions are hidden from roles without pg_read_all_stats, their locks
    // are not.
    private static final String UNDATED = """
            SELECT DISTINCT a.pid || ' ' || l.virtualtransaction AS transaction, a.pid,
                   coalesce(nullif(a.application_name, ''), a.usename) AS who
            FROM pg_locks l
            JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE a.datname = current_database() AND l.locktype = 'relation' AND l.relation = to_regclass(?)
              AND l.granted AND l.pid <> pg_backend_pid()
              AND (? OR l.mode NOT IN ('AccessShareLock', 'RowShareLock'))
              AND a.usesysid IS NOT NULL AND a.backend_start IS NULL
            """;

    private final Transactions transactions;

    LockHolders(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * The oldest transaction of at least this age, in words: process, program, state and age.
     *
     * @param readersToo whether one that only reads counts
     */
    Optional<String> olderThan(Duration age, String partition, boolean readersToo) {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(OLDEST)) {
                statement.setString(1, Identifier.quote(partition));
                statement.setBoolean(2, readersToo);
                statement.setLong(3, age.toMillis());
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of("a transaction of " + row.getString("who") + " (process " + row.getInt("pid")
                                    + ", " + row.getString("state") + ") has held a lock on " + partition + " for "
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
    Optional<String> undatedHeldFor(Duration time, String partition, boolean readersToo) {
        return Undated.lasting(time, () -> undated(partition, readersToo))
                .map(who -> who + " has held a lock on " + partition + " for " + time.toMillis() + " ms at least");
    }

    private Map<String, String> undated(String partition, boolean readersToo) {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(UNDATED)) {
                statement.setString(1, Identifier.quote(partition));
                statement.setBoolean(2, readersToo);
                try (ResultSet rows = statement.executeQuery()) {
                    Map<String, String> undated = new LinkedHashMap<>();
                    while (rows.next()) {
                        undated.put(
                                rows.getString("transaction"),
                                "a transaction of " + rows.getString("who") + " (process " + rows.getInt("pid") + ")");
                    }
                    return undated;
                }
            }
        });
    }
}
