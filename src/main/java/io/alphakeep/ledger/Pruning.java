package io.alphakeep.ledger;

import io.alphakeep.db.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Removes old lines of the ledger, in batches of a transaction each, in the order of their keys. A line that somebody holds
 * locked is left for the next time, and nobody is waited for.
 */
public final class Pruning {

    /** Lines that one transaction removes. */
    static final int BATCH_LINES = 10_000;

    /** Batches of one table in one go. */
    static final int MAX_BATCHES = 1_000;

    /** What is pruned, in this order: a run goes after its requests. */
    public enum Table {
        ALPHA_REQUEST("""
                DELETE FROM alpha_request WHERE request = ANY (ARRAY(
                    SELECT request FROM alpha_request
                    WHERE requested_at < '%s'
                    ORDER BY request LIMIT 10000 FOR UPDATE SKIP LOCKED))
                """, """
                SELECT count(*) FROM alpha_request WHERE requested_at < ?::timestamptz
                """),
        ALPHA_REJECT("""
                DELETE FROM alpha_reject WHERE reject = ANY (ARRAY(
                    SELECT reject FROM alpha_reject
                    WHERE rejected_at < '%s'
                    ORDER BY reject LIMIT 10000 FOR UPDATE SKIP LOCKED))
                """, """
                SELECT count(*) FROM alpha_reject WHERE rejected_at < ?::timestamptz
                """),
        // A run that was killed was never finished; its last sign of life stands for it. The newest stays, and the
        // good one of each door that ended last, so that they are told however long ago they were. A run that was over
        // before has no later requests: once none so old is left, its are gone, and one probe of an index tells.
        ALPHA_RUN("""
                DELETE FROM alpha_run WHERE run = ANY (ARRAY(
                    SELECT run FROM alpha_run r
                    WHERE started_at < '%1$s' AND coalesce(finished_at, alive_until) < '%1$s'
                      AND run <> ALL (ARRAY(%2$s))
                      AND NOT EXISTS (SELECT FROM alpha_request WHERE requested_at < '%1$s')
                    ORDER BY run LIMIT 10000 FOR UPDATE OF r SKIP LOCKED))
                """, """
                SELECT count(*) FROM alpha_run, (SELECT ?::timestamptz AS instant) before
                WHERE started_at < instant AND coalesce(finished_at, alive_until) < instant
                  AND run <> ALL (ARRAY(%s))
                  AND NOT EXISTS (SELECT FROM alpha_request WHERE requested_at < instant)
                """, """
                SELECT max(run) FROM alpha_run
                UNION ALL
                SELECT (max(ARRAY[extract(epoch FROM finished_at), run]))[2]::bigint FROM alpha_run
                WHERE outcome = 'done' OR (outcome IN ('partial', 'postponed') AND requests_ok + requests_empty > 0)
                GROUP BY door"""),
        // The newest good pass over the same parts stays.
        ALPHA_MAINTENANCE("""
                DELETE FROM alpha_maintenance WHERE step = ANY (ARRAY(
                    SELECT step FROM alpha_maintenance
                    WHERE started_at < '%1$s' AND step <> ALL (ARRAY(%2$s))
                    ORDER BY step LIMIT 10000 FOR UPDATE SKIP LOCKED))
                """, """
                SELECT count(*) FROM alpha_maintenance
                WHERE started_at < ?::timestamptz AND step <> ALL (ARRAY(%s))
                """, """
                SELECT max(step) FROM alpha_maintenance
                WHERE action = 'pass' AND outcome = 'done'
                GROUP BY target""");

        private final String delete;
        private final String count;
        /** A query for the keys of lines that stay however old they are. */
        private final String kept;

        Table(String delete, String count) {
            this(delete, count, "");
        }

        Table(String delete, String count, String kept) {
            this.delete = delete;
            this.count = count.formatted(kept);
            this.kept = kept;
        }

        /** In the schema of the warehouse. */
        public String table() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** One batch of lines older than the instant, as it is run. */
        public String sql(Instant before) {
            return delete.formatted(before.truncatedTo(ChronoUnit.MICROS), kept).strip();
        }
    }

    /**
     * What one go came to.
     *
     * @param removed lines
     * @param left    lines that are due still: locked by somebody, over the bound of one go, or stopped before
     */
    public record Pruned(long removed, long left) {}

    private final Transactions transactions;

    public Pruning(Transactions transactions) {
        this.transactions = transactions;
    }

    /** How many lines are older than the instant and may go. */
    public long due(Table table, Instant before) {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(table.count)) {
                statement.setString(1, before.truncatedTo(ChronoUnit.MICROS).toString());
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /** @param stopped asked between two batches */
    public Pruned prune(Table table, Instant before, BooleanSupplier stopped) {
        String sql = table.sql(before);
        long removed = 0;
        long batch = BATCH_LINES;
        for (int i = 0; i < MAX_BATCHES && batch > 0 && !stopped.getAsBoolean(); i++) {
            batch = transactions.run(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    return (long) statement.executeUpdate();
                }
            });
            removed += batch;
        }
        return new Pruned(removed, due(table, before));
    }
}
