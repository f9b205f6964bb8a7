package io.alphakeep.maintain.statistics;

import java.time.Instant;
import java.util.Optional;

/**
 * What the server knows of a table of ours.
 *
 * @param parent     the partitioned table that it is a partition of; empty for none
 * @param parted     it is partitioned itself; then {@code rows} is what its last ANALYZE found, and it has no own changes
 * @param rows       the planner's estimate; -1 when it was never analysed nor vacuumed
 * @param live       rows by the server's counters
 * @param changed    rows changed since the last ANALYZE, by the server's counters
 * @param analyzedAt last ANALYZE, by hand or by autovacuum; empty also after a crash, which loses the counters
 * @param exchangedAt when maintenance last changed the partitions of a parent; empty for other tables
 */
record TableState(
        String table,
        Optional<String> parent,
        boolean parted,
        double rows,
        long live,
        long changed,
        Optional<Instant> analyzedAt,
        Optional<Instant> exchangedAt) {

    /** The best guess at its rows. */
    double estimate() {
        return rows < 0 ? live : rows;
    }
}
