package io.alphakeep.maintain.partition;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.SqlState;
import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.Part;
import io.alphakeep.maintain.StepResult;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Keeps the month of today and some after it ready, each made in a transaction of its own. Attaching takes SHARE UPDATE
 * EXCLUSIVE on the parent (manual, "Explicit Locking"): readers and writers do not mind it, and what is in its way (another
 * maintenance, a VACUUM, DDL) is waited for no longer than the partitions' lock timeout at each of their tries. One object
 * serves one pass: the lock that one month did not get is the one that the others would wait for, so that they don't.
 */
public final class AheadPart implements Part<AheadStep> {

    private final PartitionTable table;
    private final Transactions impatient;
    private final int monthsAhead;
    private final int archiveAfterMonths;
    private final Brake brake;
    private final Clock clock;
    private final Retries retries;
    /** Why the first month that was postponed was; null while none is. */
    private String stuck;

    /**
     * @param table       a partitioned table of alphakeep in the schema of the transactions
     * @param monthsAhead months after the one of today, UTC; 1 or more
     */
    public AheadPart(
            Transactions transactions,
            String table,
            int monthsAhead,
            PartitionLimits limits,
            Brake brake,
            Clock clock) {
        this.table = new PartitionTable(transactions, table, limits);
        this.impatient = transactions.withLockTimeout(limits.lockTimeout());
        this.monthsAhead = monthsAhead;
        this.archiveAfterMonths = limits.archiveAfterMonths();
        this.brake = brake;
        this.clock = clock;
        this.retries = new Retries(limits, brake::isStopped);
    }

    @Override
    public String name() {
        return "partitions";
    }

    @Override
    public List<AheadStep> plan() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        String why = "of today and the " + monthsAhead + " months after it, which are kept ready";
        return PartitionPlanner.plan(
                        PartitionPlanner.ahead(today, monthsAhead), table.bounds(), today, archiveAfterMonths)
                .stream()
                .map(partition -> new AheadStep(table.name(), partition, why))
                .toList();
    }

    @Override
    public StepResult run(AheadStep step) {
        if (stuck != null) {
            return StepResult.postponed(stuck);
        }
        try {
            boolean made = retries.get(() -> make(step));
            return made ? StepResult.done("") : StepResult.nothing("a partition holds the range already");
        } catch (DatabaseException e) {
            if (Partitions.RACES.contains(e.state()) && plan().stream().noneMatch(step::equals)) {
                return StepResult.nothing("another process made it");
            }
            if (e.kind() == SqlState.CONTENTION) {
                stuck = e.getMessage();
                return StepResult.postponed(stuck);
            }
            throw e;
        }
    }

    private boolean make(AheadStep step) {
        return impatient.run(connection -> {
            try (Statement statement = connection.createStatement()) {
                brake.execute(statement, step.sql().get(0));
                try (ResultSet result = statement.getResultSet()) {
                    return result.next() && result.getBoolean(1);
                }
            }
        });
    }
}
