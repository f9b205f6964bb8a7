package io.alphakeep.maintain;

import java.util.List;

/**
 * One part of maintenance: a pure planner behind {@link #plan} and a doer behind {@link #run}. The conductor plans anew
 * after each step, and tries no step (action and target) twice in one pass.
 */
public interface Part<S extends Step> {

    /** As the command line names it: {@code partitions}, {@code indexes}, {@code archive}, {@code ledger}. */
    String name();

    /**
     * What is due now, in the order in which it should be done; changes nothing.
     *
     * @throws io.alphakeep.db.DatabaseException when the database is gone or its schema is not ours
     */
    List<S> plan();

    /**
     * @return what came of it; a step that met a lock, an old snapshot or a writer is postponed and leaves no harm
     * @throws io.alphakeep.db.DatabaseException the conductor makes of it: contention = postponed, database gone = the end
     *     of the pass, anything else = failed
     */
    StepResult run(S step);
}
