package io.alphakeep.maintain.archive;

import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.StepResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;

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
        StepResult[] result = new StepResult[1];
        Optional<String> busy = handover.alone(line.relation(), connection -> {
            result[0] = looked(connection, line);
            return null;
        });
        return busy.map(StepResult::postponed).orElse(result[0]);
    }

    private StepResult looked(Connection connection, Line line) throws SQLException {
        if (line.contents() != null) {
            Contents now = copying.contents(connection, sql.contents(line.relation()));
            if (!now.equals(line.contents())) {
                return StepResult.failed(String.format(
                        Locale.ROOT,
                        "kept: it held %,d rows when it was detached and holds %,d now, or others. Look who wrote into it;"
                                + " what is to stay goes into %s, then drop it by hand",
                        line.contents().rows(),
                        now.rows(),
                        sql.name(line.parent())));
            }
        }
        if (line.copiedTo() != null && !isPartition(connection, line.copiedTo())) {
            return StepResult.failed("kept: its rows were in " + line.copiedTo()
                    + ", which is no partition any more. Attach that again, or attach this one");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.drop(line.relation()));
        }
        Lines.remove(connection, line.relation());
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
