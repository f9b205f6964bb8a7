package io.alphakeep.run;

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

/** The last thing a run does: looks for gaps in what is stored, for a bounded time; the next plan asks for them. */
final class GapLook {

    private static final Logger LOG = Logger.getLogger(GapLook.class);

    /** A warehouse of thousands of series is looked at within some runs, and then only what is new. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static final Duration SHORTEST = Duration.ofMillis(200);

    /** Of the time that the run itself took. */
    private static final int SHARE = 20;

    private final Transactions transactions;
    private final Clock clock;

    GapLook(Transactions transactions, Clock clock) {
        this.transactions = transactions.withStatementTimeout(LONGEST);
        this.clock = clock;
    }

    /**
     * Never fails: whatever is in its way, the run is as good as it was.
     *
     * @param startedAt when the run began: it takes a twentieth longer for this, but no less than 200 ms and no more than 2 s
     */
    void look(List<WatchEntry> entries, PlanOptions options, Instant startedAt, BooleanSupplier ended) {
        Instant now = clock.instant();
        Instant until = now.plus(time(Duration.between(startedAt, now)));
        try {
            List<Watermark> marks = List.copyOf(new Watermarks(transactions)
                    .load(entries.stream().map(WatchEntry::series).toList())
                    .values());
            for (Watermark mark : GapCheck.due(entries, marks, options, clock.instant())) {
                if (ended.getAsBoolean() || clock.instant().isAfter(until)) {
                    return;
                }
                Holes found = new Gaps(transactions).look(mark, clock.instant());
                found.gap()
                        .ifPresent(gap -> LOG.infof(
                                "%s: %d sessions from %s to %s are missing, and will be asked for",
                                mark.series(), gap.sessions(), gap.from(), gap.through()));
            }
        } catch (RuntimeException e) {
            LOG.warnf("gaps were not looked for: %s", e.getMessage());
        }
    }

    private static Duration time(Duration run) {
        Duration share = run.dividedBy(SHARE);
        if (share.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return share.compareTo(LONGEST) < 0 ? share : LONGEST;
    }
}
