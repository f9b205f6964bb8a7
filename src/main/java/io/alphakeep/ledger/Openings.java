package io.alphakeep.ledger;

import io.alphakeep.db.Instants;
import io.alphakeep.db.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Opens runs that give way to others, and claims the times of a schedule, each in one transaction: of several processes that
 * try at once, one succeeds. What a killed process holds ends with its last sign of life ({@code alive_until}), by the
 * database's clock. A transaction's lock, not a session's, which a transaction-mode pooler loses.
 */
public final class Openings {

    /** The job whose ticks open runs. */
    public static final String INGEST = "ingest";

    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))";

    // Two that claim the same time at once: the second waits for the first one's commit, and then finds it done.
    private static final String CLAIM = """
            INSERT INTO alpha_tick AS t (job, tick) VALUES (?, ?)
            ON CONFLICT (job) DO UPDATE SET tick = EXCLUDED.tick WHERE t.tick < EXCLUDED.tick
            """;

    private final Transactions transactions;

    public Openings(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Opens the run unless another one is alive, whatever its door. Of those that are opened this way at most one is alive; a
     * run that is opened by {@link Runs#open} asks nobody.
     */
    public Opening exclusive(NewRun run) {
        return transactions.run(connection -> {
            try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
                lock.setString(1, "alphakeep run " + transactions.schema());
                lock.execute();
            }
            Optional<RunLine> holder = Runs.alive(connection, "");
            return holder.isPresent()
                    ? new Opening.Held(holder.get())
                    : new Opening.Opened(Runs.insert(connection, run));
        });
    }

    /** Opens the run of one time of the schedule, unless that was begun already or an earlier one's run is still alive. */
    public Opening scheduled(NewRun run, Instant tick) {
        return transactions.run(connection -> {
            if (!claim(connection, INGEST, tick)) {
                return new Opening.Taken();
            }
            Optional<RunLine> holder = Runs.alive(connection, run.door());
            if (holder.isPresent()) {
                // The time is still owed: it is begun when that run is over.
                connection.rollback();
                return new Opening.Held(holder.get());
            }
            return new Opening.Opened(Runs.insert(connection, run));
        });
    }

    /**
     * Claims one time of a job's schedule.
     *
     * @return false when it, or a later one, was claimed before
     */
    public boolean claim(String job, Instant tick) {
        return transactions.run(connection -> claim(connection, job, tick));
    }

    private static boolean claim(Connection connection, String job, Instant tick) throws SQLException {
        try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            claim.setString(1, job);
            Instants.set(claim, 2, tick);
            return claim.executeUpdate() > 0;
        }
    }
}
