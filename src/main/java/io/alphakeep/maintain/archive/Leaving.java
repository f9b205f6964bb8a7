package io.alphakeep.maintain.archive;

import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.StepResult;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Partitions that leave their table without becoming another's rows: moved to the archive, folded into it, expired. */
final class Leaving {

    private final Transactions transactions;
    private final Brake brake;
    private final Statements sql;
    private final Copying copying;
    private final Handover handover;
    private final OldSnapshots snapshots;
    private final int graceDays;
    private final Clock clock;

    Leaving(
            Transactions transactions,
            Brake brake,
            Statements sql,
            Copying copying,
            Handover handover,
            OldSnapshots snapshots,
            int graceDays,
            Clock clock) {
        this.transactions = transactions;
        this.brake = brake;
        this.sql = sql;
        this.copying = copying;
        this.handover = handover;
        this.snapshots = snapshots;
        this.graceDays = graceDays;
        this.clock = clock;
    }

    /** The table is the same before and after: nothing is copied, and its bounds are checked before any lock is asked for. */
    StepResult move(ArchiveStep.Move move) {
        if (!move.prepare().isEmpty()) {
            transactions.run(connection -> {
                try (Statement statement = connection.createStatement()) {
                    for (String next : move.prepare()) {
                        statement.execute(next);
                    }
                }
                return null;
            });
        }
        Optional<String> busy = handover.briefly(move.target(), sql.addBounds(move.target(), move.range()));
        if (busy.isPresent()) {
            return StepResult.postponed(busy.get());
        }
        execute(sql.validateBounds(move.target()));
        return result(
                handover.run(new Handover.Exchange(
                        sql.table(), List.of(move.target()), List.of(), null, move.exchange(), connection -> null)),
                "now " + move.movedName() + " of " + sql.archive());
    }

    /** Late rows go into the archive first, and their partition goes once every one of them is seen there. */
    StepResult fold(ArchiveStep.Fold fold) {
        long[] rows = new long[1];
        String xid = transactions.run(connection -> {
            try (Statement statement = connection.createStatement()) {
                brake.execute(statement, sql.fold(fold.range()));
                rows[0] = statement.getLargeUpdateCount();
            }
            return Copying.text(connection, "SELECT pg_current_xact_id()::text");
        });
        Optional<String> old = snapshots.left(xid);
        if (old.isPresent()) {
            return StepResult.postponed(old.get());
        }
        AtomicReference<Contents> held = new AtomicReference<>();
        Handover.Result result = handover.run(new Handover.Exchange(
                sql.table(),
                List.of(fold.target()),
                List.of(),
                connection -> {
                    held.set(copying.contents(connection, sql.contents(fold.target())));
                    try (Statement statement = connection.createStatement()) {
                        brake.execute(statement, sql.notInArchive(fold.range()));
                        return Copying.firstIsZero(statement);
                    }
                },
                List.of(sql.detach(sql.table(), fold.target()), sql.rename(fold.target(), fold.foldedName())),
                connection -> {
                    Lines.left(
                            connection,
                            Line.merged(fold.foldedName(), sql.table(), fold.into(), fold.range(), held.get()),
                            clock.instant());
                    return null;
                }));
        return result(result, String.format(Locale.ROOT, "%,d rows into %s", rows[0], fold.into()));
    }

    /** Only out of the table; what it held is written down, so that it is known to be the same when it is dropped. */
    StepResult expire(ArchiveStep.Expire expire) {
        AtomicReference<Contents> held = new AtomicReference<>();
        Handover.Result result = handover.run(new Handover.Exchange(
                expire.parent(),
                List.of(expire.target()),
                List.of(),
                connection -> {
                    held.set(copying.contents(connection, sql.contents(expire.target())));
                    return true;
                },
                List.of(
                        sql.detach(expire.parent(), expire.target()),
                        sql.rename(expire.target(), expire.expiredName())),
                connection -> {
                    Lines.left(
                            connection,
                            Line.expired(
                                    expire.expiredName(),
                                    expire.parent(),
                                    expire.range(),
                                    held.get(),
                                    clock.instant().plus(Duration.ofDays(graceDays))),
                            clock.instant());
                    return null;
                }));
        return result(
                result,
                held.get() == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "%,d rows, kept as %s for %d days; to take it back: %s",
                                held.get().rows(),
                                expire.expiredName(),
                                graceDays,
                                sql.attach(expire.parent(), expire.expiredName(), expire.range())));
    }

    private void execute(String statement) {
        transactions.run(connection -> {
            try (Statement s = connection.createStatement()) {
                return brake.execute(s, statement);
            }
        });
    }

    private static StepResult result(Handover.Result result, String done) {
        if (result instanceof Handover.Result.Busy busy) {
            return StepResult.postponed(busy.why());
        }
        if (result instanceof Handover.Result.Slow slow) {
            return StepResult.postponed(slow.why());
        }
        return result instanceof Handover.Result.Done
                ? StepResult.done(done)
                : StepResult.postponed("writers changed it while it was looked at");
    }
}
