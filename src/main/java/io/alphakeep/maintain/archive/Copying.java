package io.alphakeep.maintain.archive;

import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Brake;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;

/** Makes the copy of a year, and brings it up to date with what writers did since. Locks nothing that they want. */
final class Copying {

    private static final String OLDEST_AT_WORK = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text";

    // VACUUM marks a page as visible to all only once the commit that wrote it is on the disk.
    private static final String FLUSHED = """
            SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'
            """;

    private static final String COPIED_XID =
            "SELECT copied_xid::text, source_xmin::text FROM alpha_archive WHERE relation = ?";

    private final Transactions transactions;
    private final Brake brake;
    private final Statements sql;
    private final Clock clock;

    /** @param transactions whose statement timeout is that of long work */
    Copying(Transactions transactions, Brake brake, Statements sql, Clock clock) {
        this.transactions = transactions;
        this.brake = brake;
        this.sql = sql;
        this.clock = clock;
    }

    /** All of it or nothing, in one transaction with the line that tells of it. */
    void make(ArchiveStep.Merge merge) {
        transactions.run(connection -> {
            String oldest = text(connection, OLDEST_AT_WORK);
            try (Statement statement = connection.createStatement()) {
                statement.execute(FLUSHED);
                for (String next : merge.make()) {
                    brake.execute(statement, next);
                }
            }
            Lines.copied(connection, merge.target(), sql.table(), merge.range(), oldest, clock.instant());
            return null;
        });
    }

    /** The last transaction that wrote to the copy. */
    String xid(String copy) {
        return transactions.run(connection -> archived(connection, copy, 1));
    }

    /**
     * What differs between a copy and its months.
     *
     * @param rows    that writers changed, added or removed since; they are caught up
     * @param damaged rows that the copy has not as it should though nobody wrote them since: a fault of the machine. With one
     *                of them nothing is caught up
     */
    record Difference(long rows, long damaged) {}

    Difference catchUp(String copy, Range range) {
        return transactions.run(connection -> {
            long oldest = Long.parseUnsignedLong(archived(connection, copy, 2));
            try (Statement statement = connection.createStatement()) {
                brake.execute(statement, sql.differences(copy, range, oldest));
                statement.execute("ANALYZE pg_temp.alpha_difference");
                Difference difference = difference(statement);
                if (difference.damaged() == 0) {
                    brake.execute(statement, sql.removeDifferent(copy));
                    brake.execute(statement, sql.addDifferent(copy, range));
                    Lines.caughtUp(connection, copy);
                }
                return difference;
            }
        });
    }

    private static Difference difference(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT count(*), count(*) FILTER (WHERE damaged) FROM pg_temp.alpha_difference")) {
            row.next();
            return new Difference(row.getLong(1), row.getLong(2));
        }
    }

    /** A copy that is no good. */
    void drop(String copy) {
        transactions.run(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql.drop(copy));
            }
            Lines.remove(connection, copy);
            return null;
        });
    }

    Contents contents(String query) {
        return transactions.run(connection -> contents(connection, query));
    }

    Contents contents(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            brake.execute(statement, query);
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return new Contents(row.getLong(1), row.getBigDecimal(2));
            }
        }
    }

    private static String archived(Connection connection, String copy, int column) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COPIED_XID)) {
            statement.setString(1, copy);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("the line of " + copy + " in alpha_archive is gone", "P0002");
                }
                return row.getString(column);
            }
        }
    }

    static String text(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    static boolean firstIsZero(Statement statement) throws SQLException {
        try (ResultSet row = statement.getResultSet()) {
            return row.next() && row.getLong(1) == 0;
        }
    }
}
