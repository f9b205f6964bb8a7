package io.alphakeep.maintain;

import io.alphakeep.db.Instants;
import io.alphakeep.db.Transactions;
import java.sql.PreparedStatement;
import java.util.Collection;
import java.util.Locale;

/** Writes {@code alpha_maintenance}: what was done, and what was not and why. Needs INSERT on that table alone. */
public final class MaintenanceLog {

    private static final String LINE = """
            INSERT INTO alpha_maintenance (action, target, started_at, finished_at, outcome, detail)
            VALUES (?, ?, ?, ?, ?, nullif(?, ''))
            """;

    private final Transactions transactions;

    public MaintenanceLog(Transactions transactions) {
        this.transactions = transactions;
    }

    /** All of them in one transaction; none costs no round trip. */
    public void write(Collection<MaintenanceLine> lines) {
        if (lines.isEmpty()) {
            return;
        }
        transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LINE)) {
                for (MaintenanceLine line : lines) {
                    statement.setString(1, line.action());
                    statement.setString(2, line.target());
                    Instants.set(statement, 3, line.startedAt());
                    Instants.set(statement, 4, line.finishedAt());
                    statement.setString(5, line.result().outcome().name().toLowerCase(Locale.ROOT));
                    statement.setString(6, line.result().detail());
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }
}
