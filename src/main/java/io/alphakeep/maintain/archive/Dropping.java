package io.alphakeep.maintain.archive;

import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.StepResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/** Drops tables that left the partitions, and nothing else: each has a line that says what it held and where that is now. */
final class Dropping {

    private static final String ATTACHED = """
            SELECT EXISTS (
                SELECT FROM pg_class
                WHERE relname = ? AND relnamespace = current_schema()::regnamespace AND relispartition)
            """;

    private final Transactions transactions;
    private final Statements sql;
    private final Copying copying;
    private final Handover handover;

    Dropping(Transactions transactions, Statements sql, Copying copying, Handover handover) {
        this.transactions = transactions;
        this.sql = sql;
        this.copying = copying;
        this.handover = handover;
    }

    StepResult run(Line line) {
        if (!line.exists() || line.attached()) {
            forget(line);
            return StepResult.nothing(
                    line.attached() ? "it is a partition again, and stays" : "somebody dropped it already");
        }
        AtomicReference<String> objection = new AtomicReference<>("");
        Handover.Result result = handover.run(new Handover.Exchange(
                null,
                List.of(line.relation()),
                List.of(),
                line.contents() == null
                        ? null
                        : connection -> {
                            objection.set(objection(connection, line));
                            return objection.get().isEmpty();
                        },
                List.of(sql.drop(line.relation())),
                connection -> {
                    Lines.remove(connection, line.relation());
                    return null;
                }));
        if (result instanceof Handover.Result.Busy busy) {
            return StepResult.postponed(busy.why());
        }
        if (result instanceof Handover.Result.Slow slow) {
            return StepResult.postponed(slow.why());
        }
        return result instanceof Handover.Result.Differs ? StepResult.failed(objection.get()) : done(line);
    }

    /** Why it may not be dropped; empty when it may. */
    private String objection(Connection connection, Line line) throws SQLException {
        Contents now = copying.contents(connection, sql.contents(line.relation()));
        if (!now.equals(line.contents())) {
            return String.format(
                    Locale.ROOT,
                    "kept: it held %,d rows when it was detached and holds %,d now, or others. Look who wrote into it;"
                            + " what is to stay goes into %s, then drop it by hand",
                    line.contents().rows(),
                    now.rows(),
                    sql.name(line.parent()));
        }
        if (line.copiedTo() != null && !isPartition(connection, line.copiedTo())) {
            return "kept: its rows were in " + line.copiedTo()
                    + ", which is no partition any more. Attach that again; then this one is dropped";
        }
        return "";
    }

    private static StepResult done(Line line) {
        return StepResult.done(
                line.contents() == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "%,d rows%s",
                                line.contents().rows(),
                                line.copiedTo() == null
                                        ? " older than the retention"
                                        : ", seen in " + line.copiedTo()));
    }

    private void forget(Line line) {
        transactions.run(connection -> {
            Lines.remove(connection, line.relation());
            return null;
        });
    }

    private static boolean isPartition(Connection connection, String relation) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ATTACHED)) {
            statement.setString(1, relation);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
