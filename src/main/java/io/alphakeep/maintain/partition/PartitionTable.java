package io.alphakeep.maintain.partition;

import io.alphakeep.db.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The catalogue's side of one partitioned table: reads the ranges of its partitions and makes new ones. */
final class PartitionTable {

    // The text of a bound is in the session's zone and style, and is read back by the same session. A partition that is
    // being detached takes no rows any more.
    private static final String BOUNDS = """
            SELECT CASE WHEN bound[1] <> 'MINVALUE' THEN trim(bound[1], '''')::timestamptz END,
                   CASE WHEN bound[2] <> 'MAXVALUE' THEN trim(bound[2], '''')::timestamptz END
            FROM pg_inherits i
            JOIN pg_class c ON c.oid = i.inhrelid
            CROSS JOIN LATERAL regexp_match(
                pg_get_expr(c.relpartbound, c.oid), '^FOR VALUES FROM \\((.+)\\) TO \\((.+)\\)$') AS bound
            WHERE i.inhparent = to_regclass(?) AND NOT i.inhdetachpending AND bound IS NOT NULL
            """;

    private static final String MAKE_MONTH = "SELECT create_monthly_partition(?, ?::date)";
    private static final String MAKE_YEAR = "SELECT create_yearly_partition(?, ?::date)";

    private final Transactions transactions;
    private final Transactions impatient;
    private final String table;

    PartitionTable(Transactions transactions, String table, PartitionLimits limits) {
        this.transactions = transactions;
        this.impatient = transactions.withLockTimeout(limits.lockTimeout());
        this.table = table;
    }

    String name() {
        return table;
    }

    Bounds bounds() {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(BOUNDS)) {
                statement.setString(1, table);
                try (ResultSet rows = statement.executeQuery()) {
                    List<Bound> bounds = new ArrayList<>();
                    while (rows.next()) {
                        bounds.add(new Bound(instant(rows, 1, Instant.MIN), instant(rows, 2, Instant.MAX)));
                    }
                    return new Bounds(bounds);
                }
            }
        });
    }

    /**
     * Alone in its transaction and committed at once.
     *
     * @return false when a partition held the range already
     */
    boolean make(NewPartition partition) {
        return impatient.run(connection -> call(connection, partition));
    }

    private boolean call(Connection connection, NewPartition partition) throws SQLException {
        String function = partition.width() == NewPartition.Width.MONTH ? MAKE_MONTH : MAKE_YEAR;
        try (PreparedStatement statement = connection.prepareStatement(function)) {
            statement.setString(1, table);
            statement.setString(2, partition.firstDay().toString());
            try (ResultSet made = statement.executeQuery()) {
                return made.next() && made.getBoolean(1);
            }
        }
    }

    private static Instant instant(ResultSet rows, int column, Instant unbounded) throws SQLException {
        OffsetDateTime value = rows.getObject(column, OffsetDateTime.class);
        return value == null ? unbounded : value.toInstant();
    }
}
