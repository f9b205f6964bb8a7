package io.alphakeep.maintain;

import io.alphakeep.db.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Optional;

/**
 * Who holds an old snapshot. CREATE and DROP INDEX CONCURRENTLY wait for every snapshot of the database that is older than
 * they are (manual, "Building Indexes Concurrently"); one who has held his for a while already will hold it for a while yet.
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

    private final Transactions transactions;

    public Snapshots(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The oldest one held for at least so long, in words: process, program, state and age. */
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
}
