package io.alphakeep.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code alphakeep status} shows of the warehouse.
 *
 * @param runs                the newest runs, newest first
 * @param series              the watchlist's series
 * @param spans               per function, how far its bars reach; ordered by function
 * @param tables              the warehouse's tables; ordered by name
 * @param maintenance         the last pass; empty when there was none, or its line is gone
 * @param rejectsInSevenDays  rows that could not be stored, by the database's clock
 */
public record StatusFacts(
        List<RunLine> runs,
        SeriesCounts series,
        List<FunctionSpan> spans,
        List<TableSize> tables,
        Optional<MaintenancePass> maintenance,
        long rejectsInSevenDays) {

    /**
     * A pass of maintenance.
     *
     * @param outcome {@code done}, {@code postponed} or {@code failed}
     * @param detail  in words; may be empty
     */
    public record MaintenancePass(Instant finishedAt, String outcome, String detail) {}

    /**
     * Series on the watchlist; one can count in several.
     *
     * @param watched       all of them
     * @param neverAnswered the API has not given data for, nor said that there is none
     * @param parked        no longer asked
     * @param failing       last attempts without an answer, but not parked
     */
    public record SeriesCounts(long watched, long neverAnswered, long parked, long failing) {}

    /**
     * @param function the API's name
     * @param series   how many series of it were ever asked
     * @param oldest   the oldest bar of all its series; empty when there is none, as for documents
     * @param newest   the newest
     */
    public record FunctionSpan(String function, long series, Optional<Instant> oldest, Optional<Instant> newest) {}

    /**
     * @param rows       the server's estimate, without counting
     * @param bytes      with indexes and long values, all partitions together
     * @param partitions 0 for a table that is not partitioned, or has none yet
     */
    public record TableSize(String table, long rows, long bytes, int partitions) {}
}
