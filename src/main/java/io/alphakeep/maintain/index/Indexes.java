package io.alphakeep.maintain.index;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.SqlState;
import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Catalogue;
import io.alphakeep.maintain.Outside;
import io.alphakeep.maintain.Part;
import io.alphakeep.maintain.Snapshots;
import io.alphakeep.maintain.StepResult;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the indexes by age. The connected role must own the partitions. Everything is done CONCURRENTLY: it waits for others,
 * under SHARE UPDATE EXCLUSIVE, which nobody who reads or writes waits for (manual, "Explicit Locking"); an index that could
 * not be finished is dropped at once, and, when that is held up as well, by the next pass.
 */
public final class Indexes implements Part<IndexStep> {

    /**
     * A transaction of the pipeline, or a query of a dashboard, takes less. One that has been open for this long will outlast
     * our patience too, and behind it a build dies and leaves an invalid index.
     */
    private static final Duration OLD = Duration.ofSeconds(5);

    private static final String NAME_TAKEN = "42P07";
    private static final String NO_TABLE = "42P01";

    private final Duration old;
    private final Outside outside;
    private final String table;
    private final Clock clock;
    private final IndexStatements statements;
    private final IndexPlanner planner;
    private final Catalogue partitions;
    private final IndexCatalogue indexes;
    private final Snapshots snapshots;
    private final LockHolders holders;

    /**
     * @param outside  runs the statements
     * @param table    a partitioned table with the columns of {@code alpha_market_data}, in the schema of the transactions
     * @param policies at most 8, each of another name; what an earlier list wanted and this one does not is dropped
     * @throws IllegalArgumentException when a name stands twice or there are too many
     */
    public Indexes(Transactions transactions, Outside outside, String table, List<IndexPolicy> policies, Clock clock) {
        this(transactions, outside, table, policies, clock, OLD);
    }

    Indexes(
            Transactions transactions,
            Outside outside,
            String table,
            List<IndexPolicy> policies,
            Clock clock,
            Duration old) {
        this.old = old;
        this.outside = outside;
        this.table = table;
        this.clock = clock;
        this.statements = new IndexStatements(transactions.schema());
        this.planner = new IndexPlanner(statements, policies);
        this.partitions = new Catalogue(transactions);
        this.indexes = new IndexCatalogue(transactions);
        this.snapshots = new Snapshots(transactions);
        this.holders = new LockHolders(transactions);
    }

    @Override
    public String name() {
        return "indexes";
    }

    @Override
    public List<IndexStep> plan() {
        return planner.plan(partitions.partitions(table), indexes.indexes(table), clock.instant());
    }

    @Override
    public StepResult run(IndexStep step) {
        Optional<String> inTheWay = inTheWay(step);
        if (inTheWay.isPresent()) {
            return StepResult.postponed(inTheWay.get());
        }
        return switch (step.kind()) {
            case CREATE -> create(step);
            case DROP_LEFTOVER, DROP -> drop(step);
        };
    }

    // Dropping does not wait for snapshots, only for those who have a lock on the partition, readers among them.
    private Optional<String> inTheWay(IndexStep step) {
        boolean creates = step.kind() == IndexStep.Kind.CREATE;
        Optional<String> lock = holders.olderThan(old, step.partition(), !creates)
                .or(() -> holders.undatedHeldFor(old, step.partition(), !creates));
        return !creates ? lock : lock.or(() -> snapshots.olderThan(old)).or(() -> snapshots.undatedHeldFor(old));
    }

    private StepResult create(IndexStep step) {
        try {
            outside.run(step.statement());
            return StepResult.done("built, " + indexes.size(step.target()));
        } catch (DatabaseException e) {
            if (e.state().equals(NAME_TAKEN)) {
                return StepResult.nothing("another process was first");
            }
            if (e.state().equals(NO_TABLE)) {
                return StepResult.nothing("the partition " + step.partition() + " is gone");
            }
            String detail = e.getMessage() + clean(step, e);
            if (e.kind() == SqlState.CONTENTION) {
                return StepResult.postponed(detail);
            }
            throw e;
        }
    }

    private StepResult drop(IndexStep step) {
        try {
            outside.run(step.statement());
            return StepResult.done("");
        } catch (DatabaseException e) {
            if (e.kind() == SqlState.CONTENTION) {
                return StepResult.postponed(e.getMessage());
            }
            throw e;
        }
    }

    /** Removes what the build left, once: what this does not remove is in the next plan. */
    private String clean(IndexStep step, DatabaseException failure) {
        try {
            boolean left = indexes.indexes(table).stream()
                    .anyMatch(index -> index.name().equals(step.target()) && !index.valid() && !index.building());
            if (!left) {
                return "";
            }
            outside.run(statements.drop(step.target()));
            return "; what it left was removed";
        } catch (DatabaseException e) {
            failure.addSuppressed(e);
            return "; the invalid index that it left is removed by the next pass (" + e.getMessage() + ")";
        }
    }
}
