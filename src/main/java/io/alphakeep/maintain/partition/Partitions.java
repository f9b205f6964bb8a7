package io.alphakeep.maintain.partition;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.SqlState;
import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.MaintenanceLine;
import io.alphakeep.maintain.MaintenanceLog;
import io.alphakeep.maintain.StepResult;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the partitions that rows need before they are written. One object serves all threads of a run: it reads the
 * catalogue once and remembers it. The connected role needs EXECUTE on {@code create_monthly_partition} and
 * {@code create_yearly_partition}, and INSERT on {@code alpha_maintenance}; no right to create anything.
 *
 * <p>Each partition is made in a transaction of its own under a short {@code lock_timeout}: attaching takes SHARE UPDATE
 * EXCLUSIVE on the parent (manual, "Explicit Locking"), which readers and writers do not mind, and nobody waits behind us
 * for longer than that. What cannot be made within the tries is postponed.
 */
public final class Partitions {

    /** Another process was first: the table, its type or its range is there by now. */
    static final Set<String> RACES = Set.of("42P07", "42710", "42P17", "23505");

    private final MaintenanceLog log;
    private final PartitionTable table;
    private final PartitionLimits limits;
    private final Clock clock;
    private final Retries retries;

    /** Null until it is read, and again once someone else is known to have changed the catalogue. */
    private volatile Bounds known;

    /** @param table a partitioned table of alphakeep in the schema of the transactions */
    public Partitions(Transactions transactions, String table, PartitionLimits limits, Clock clock) {
        this.log = new MaintenanceLog(transactions);
        this.table = new PartitionTable(transactions, table, limits);
        this.limits = limits;
        this.clock = clock;
        this.retries = new Retries(limits, () -> false);
    }

    /**
     * Makes sure that rows of these instants have a partition. Where all have one already it costs no round trip.
     *
     * @return what has a home now; {@link Homes#postponed} says why something has none
     * @throws DatabaseException when the database is gone or its schema is not ours
     */
    public Homes ensure(Collection<Instant> timestamps) {
        Bounds bounds = bounds();
        Set<YearMonth> needed = new TreeSet<>();
        for (Instant timestamp : timestamps) {
            if (!bounds.holds(timestamp)) {
                needed.add(YearMonth.from(timestamp.atOffset(ZoneOffset.UTC)));
            }
        }
        return needed.isEmpty() ? new Homes(bounds, List.of(), List.of()) : make(needed);
    }

    /** Forgets what was read: somebody else made, merged or detached partitions. */
    public void refresh() {
        known = null;
    }

    private Bounds bounds() {
        Bounds bounds = known;
        if (bounds == null) {
            bounds = table.bounds();
            known = bounds;
        }
        return bounds;
    }

    // One thread makes partitions, the others find them made: they would only be in each other's way.
    private synchronized Homes make(Set<YearMonth> needed) {
        List<String> made = new ArrayList<>();
        Map<NewPartition, String> failed = new LinkedHashMap<>();
        List<MaintenanceLine> lines = new ArrayList<>();
        // Planned anew after each step: where another process was first, what is left may have to be made in other
        // widths.
        for (List<NewPartition> plan = plan(needed, failed); !plan.isEmpty(); plan = plan(needed, failed)) {
            NewPartition partition = plan.get(0);
            String name = partition.name(table.name());
            Instant startedAt = clock.instant();
            try {
                if (retries.get(() -> table.make(partition))) {
                    made.add(name);
                    lines.add(line(name, startedAt, StepResult.done("")));
                }
                known = bounds().with(partition.bound());
            } catch (DatabaseException e) {
                if (e.kind() == SqlState.UNAVAILABLE || e.kind() == SqlState.TLS || e.kind() == SqlState.SCHEMA) {
                    throw e;
                }
                known = table.bounds();
                if (RACES.contains(e.state()) && bounds().overlaps(partition.bound())) {
                    continue;
                }
                // The lock that this one did not get is the one that the others would wait for, too.
                List<NewPartition> stuck = e.kind() == SqlState.CONTENTION ? plan : List.of(partition);
                for (NewPartition other : stuck) {
                    failed.put(other, e.getMessage());
                    lines.add(line(other.name(table.name()), startedAt, StepResult.postponed(e.getMessage())));
                }
            }
        }
        log.write(lines);
        return new Homes(bounds(), made, words(failed));
    }

    private MaintenanceLine line(String name, Instant startedAt, StepResult result) {
        return new MaintenanceLine("partition", name, startedAt, clock.instant(), result);
    }

    private List<NewPartition> plan(Set<YearMonth> needed, Map<NewPartition, String> failed) {
        return PartitionPlanner.plan(needed, bounds(), today(), limits.archiveAfterMonths()).stream()
                .filter(partition -> !failed.containsKey(partition))
                .toList();
    }

    private List<String> words(Map<NewPartition, String> failed) {
        return failed.entrySet().stream()
                .map(entry -> entry.getKey().name(table.name()) + ": " + entry.getValue())
                .toList();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
