package io.alphakeep.maintain.partition;

import io.alphakeep.db.Transactions;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Lines of {@code alpha_maintenance} for partitions made or postponed; collected, then written in a transaction of their own. */
final class PartitionLog {

    private static final String LINE = """
            INSERT INTO alpha_maintenance (action, target, started_at, finished_at, outcome, detail)
            VALUES ('partition', ?, ?, ?, ?, ?)
            """;

    private record Line(String target, Instant startedAt, Instant finishedAt, String outcome, String detail) {}

    private final Clock clock;
    private final List<Line> lines = new ArrayList<>();

    PartitionLog(Clock clock) {
        this.clock = clock;
    }

    void made(String target, Instant startedAt) {
        lines.add(new Line(target, startedAt, clock.instant(), "done", null));
    }

    void postponed(String target, Instant startedAt, String reason) {
        lines.add(new Line(target, startedAt, clock.instant(), "postponed", reason));
    }

    void write(Transactions transactions) {
        if (lines.isEmpty()) {
            return;
        }
        transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LINE)) {
                for (Line line : lines) {
                    statement.setString(1, line.target());
                    statement.setObject(2, line.startedAt().atOffset(ZoneOffset.UTC));
                    statement.setObject(3, line.finishedAt().atOffset(ZoneOffset.UTC));
                    statement.setString(4, line.outcome());
                    statement.setString(5, line.detail());
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }
}
