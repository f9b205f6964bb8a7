package io.alphakeep.maintain.archive;

import io.alphakeep.maintain.Outside;
import io.alphakeep.maintain.StepResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Merges the months of a year: see the package's description for the way. */
final class Merging {

    /** How often writers may change the months while a pass looks at them. */
    private static final int ROUNDS = 3;

    private final Outside outside;
    private final Statements sql;
    private final Copying copying;
    private final Handover handover;
    private final OldSnapshots snapshots;
    private final Sizes sizes;
    private final Clock clock;

    Merging(
            Outside outside,
            Statements sql,
            Copying copying,
            Handover handover,
            OldSnapshots snapshots,
            Sizes sizes,
            Clock clock) {
        this.outside = outside;
        this.sql = sql;
        this.copying = copying;
        this.handover = handover;
        this.snapshots = snapshots;
        this.sizes = sizes;
        this.clock = clock;
    }

    StepResult run(ArchiveStep.Merge merge) {
        String copy = merge.target();
        if (!merge.make().isEmpty()) {
            copying.make(merge);
        }
        long caughtUp = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            Optional<String> old = snapshots.left(copying.xid(copy));
            if (old.isPresent()) {
                return kept(old.get());
            }
            outside.run(sql.vacuum(copy));
            Contents contents = copying.contents(sql.contents(copy));
            long before = sizes.of(merge.sources());
            Map<String, Contents> held = new LinkedHashMap<>();
            Handover.Result result = handover.run(new Handover.Exchange(
                    sql.table(),
                    merge.sources(),
                    List.of(copy),
                    connection -> {
                        for (String source : merge.sources()) {
                            held.put(source, copying.contents(connection, sql.contents(source)));
                        }
                        return Contents.sum(held.values()).equals(contents);
                    },
                    merge.exchange(),
                    connection -> left(connection, merge, held)));
            if (result instanceof Handover.Result.Done) {
                return StepResult.done(String.format(
                        Locale.ROOT,
                        "%d partitions, %,d rows%s: %s → %s",
                        merge.sources().size(),
                        contents.rows(),
                        caughtUp == 0 ? "" : String.format(Locale.ROOT, " (%,d of them caught up)", caughtUp),
                        Sizes.text(before),
                        Sizes.text(sizes.of(List.of(copy)))));
            }
            if (result instanceof Handover.Result.Busy busy) {
                if (busy.writer() && round < ROUNDS) {
                    continue;
                }
                return kept(busy.why());
            }
            if (result instanceof Handover.Result.Slow slow) {
                copying.drop(copy);
                return StepResult.postponed(slow.why() + "; the copy was dropped, the next pass makes it anew");
            }
            Copying.Difference difference = copying.catchUp(copy, merge.range());
            if (difference.damaged() > 0) {
                copying.drop(copy);
                return StepResult.failed(String.format(
                        Locale.ROOT,
                        "the copy differed in %,d rows that nobody had written since, and was dropped; the months are as"
                                + " they were. The next pass makes it anew; look at the server's disks and memory",
                        difference.damaged()));
            }
            caughtUp += difference.rows();
        }
        return kept("writers changed the months " + ROUNDS + " times while they were looked at");
    }

    /** The months' rows are in the copy, seen while nobody could write; their tables are to be dropped. */
    private Object left(Connection connection, ArchiveStep.Merge merge, Map<String, Contents> held)
            throws SQLException {
        Lines.remove(connection, merge.target());
        for (String source : merge.sources()) {
            Lines.left(
                    connection,
                    Line.merged(source, sql.table(), merge.target(), merge.range(), held.get(source)),
                    clock.instant());
        }
        return null;
    }

    private static StepResult kept(String why) {
        return StepResult.postponed(why + "; the copy is kept, the next pass goes on from it");
    }
}
