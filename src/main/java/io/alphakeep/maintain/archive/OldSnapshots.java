package io.alphakeep.maintain.archive;

import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Optional;

/**
 * Who would not see a copy: a REPEATABLE READ reader whose snapshot is older than the transaction that wrote it finds the new
 * partition in the catalogue and nothing in it. A stand-by that feeds its oldest snapshot back (hot_standby_feedback) counts
 * too; of one that does not, nothing is known here.
 */
final class OldSnapshots {

    // Of other roles' sessions a role without pg_read_all_stats sees the process and the snapshot, not the kind nor
    // the age. A stand-by's snapshot is its sender's (which has no database), or its slot's.
    private static final String OLDER = """
            SELECT pid, coalesce(nullif(application_name, ''), backend_type, 'a session') AS who, state,
                   extract(epoch FROM clock_timestamp() - xact_start)::bigint AS seconds
            FROM pg_stat_activity
            WHERE backend_xmin IS NOT NULL AND age(backend_xmin) >= age(?::xid8::xid) AND pid <> pg_backend_pid()
              AND (datid IS NULL OR datname = current_database())
              AND coalesce(backend_type, '') <> 'autovacuum worker'
            UNION ALL
            SELECT coalesce(active_pid, 0), 'the stand-by of replication slot ' || slot_name,
                   CASE WHEN active THEN 'connected' ELSE 'not connected' END, NULL
            FROM pg_replication_slots
            WHERE xmin IS NOT NULL AND age(xmin) >= age(?::xid8::xid)
            ORDER BY seconds DESC NULLS LAST
            LIMIT 1
            """;

    private static final int LOOKS = 20;

    private final Transactions transactions;
    private final Brake brake;
    private final Duration pause;

    /** @param transactions whose lock timeout says how long looks are apart: a quarter of it */
    OldSnapshots(Transactions transactions, Brake brake) {
        this.transactions = transactions;
        this.brake = brake;
        this.pause = transactions.lockTimeout().dividedBy(4);
    }

    /**
     * Waits five lock timeouts for them to end; nobody waits with it.
     *
     * @param xid the transaction that everybody is to see
     * @return who is left, in words; empty when everybody sees it
     */
    Optional<String> left(String xid) {
        for (int look = 1; ; look++) {
            Optional<String> older = oldest(xid);
            if (older.isEmpty() || look == LOOKS || brake.isStopped()) {
                return older;
            }
            brake.pause(pause);
        }
    }

    private Optional<String> oldest(String xid) {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(OLDER)) {
                statement.setString(1, xid);
                statement.setString(2, xid);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(Session.of(row).words() + " holds a snapshot that is older than the copy")
                            : Optional.<String>empty();
                }
            }
        });
    }
}
