package io.alphakeep.run;

import io.alphakeep.ledger.Pruning;
import io.alphakeep.maintain.Step;
import java.time.Instant;
import java.util.List;

/** Old lines of one of the ledger's tables. */
record PruneStep(Pruning.Table table, Instant before, long lines, int keepDays) implements Step {

    @Override
    public String action() {
        return "prune";
    }

    @Override
    public String target() {
        return table.table();
    }

    @Override
    public String why() {
        return lines + (lines == 1 ? " line is" : " lines are") + " older than " + keepDays
                + " days (ledger.keep-days); in batches, as long as there are any";
    }

    @Override
    public List<String> sql() {
        return List.of(table.sql(before));
    }
}
