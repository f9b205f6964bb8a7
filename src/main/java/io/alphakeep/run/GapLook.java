package io.alphakeep.run;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Transactions;
import io.alphakeep.ledger.Gaps;
import io.alphakeep.ledger.Watermarks;
import io.alphakeep.market.Holes;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import io.alphakeep.plan.GapCheck;
import io.alphakeep.plan.PlanOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** The last thing a run does: looks for gaps in what is stored, for two seconds at most; the next plan asks for them. */
final class GapLook {

    private static final Logger LOG = Logger.getLogger(GapLook.class);

    /** A warehouse of thousands of series is looked at within some runs, and then only what is new. */
    private static final Duration BUDGET = Duration.ofSeconds(2);

    private final Transactions transactions;
    private final Clock clock;

    GapLook(Transactions transactions, Clock clock) {
        this.transactions = transactions.withStatementTimeout(BUDGET.multipliedBy(5));
        this.clock = clock;
    }

    /** Never fails: whatever is in its way, the run is as good as it was. */
    void look(List<WatchEntry> entries, PlanOptions options, BooleanSupplier ended) {
        Instant until = clock.instant().plus(BUDGET);
        try {
            List<Watermark> marks = List.copyOf(new Watermarks(transactions)
                    .load(entries.stream().map(WatchEntry::series).toList())
                    .values());
            for (Watermark mark : GapCheck.due(entries, marks, options, clock.instant())) {
                if (ended.getAsBoolean() || clock.instant().isAfter(until)) {
                    return;
                }
                Holes found = new Gaps(transactions).look(mark, clock.instant());
                found.gap().ifPresent(gap -> LOG.infof("%s: %s", mark.series(), gap));
            }
        } catch (DatabaseException e) {
            LOG.warnf("gaps were not looked for: %s", e.getMessage());
        }
    }
}
