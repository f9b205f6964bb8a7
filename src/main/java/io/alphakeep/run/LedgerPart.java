package io.alphakeep.run;

import io.alphakeep.ledger.Pruning;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.Part;
import io.alphakeep.maintain.StepResult;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/** The ledger's own pruning as a part of maintenance: whole days, in UTC. */
final class LedgerPart implements Part<PruneStep> {

    private final Pruning pruning;
    private final int keepDays;
    private final Brake brake;
    private final Clock clock;

    LedgerPart(Pruning pruning, int keepDays, Brake brake, Clock clock) {
        this.pruning = pruning;
        this.keepDays = keepDays;
        this.brake = brake;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public List<PruneStep> plan() {
        Instant before = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .minusDays(keepDays)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return Arrays.stream(Pruning.Table.values())
                .map(table -> new PruneStep(table, before, pruning.due(table, before), keepDays))
                .filter(step -> step.lines() > 0)
                .toList();
    }

    @Override
    public StepResult run(PruneStep step) {
        Pruning.Pruned pruned = pruning.prune(step.table(), step.before(), brake::isStopped);
        String removed = pruned.removed() + (pruned.removed() == 1 ? " line" : " lines") + " removed";
        if (pruned.left() == 0) {
            return pruned.removed() == 0 ? StepResult.nothing("somebody else was first") : StepResult.done(removed);
        }
        return StepResult.postponed(removed + ", " + pruned.left()
                + " left for the next pass: locked by another session, or more than one pass removes");
    }
}
