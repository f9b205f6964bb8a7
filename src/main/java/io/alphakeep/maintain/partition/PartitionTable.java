package io.alphakeep.maintain.partition;

import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Catalogue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The catalogue's side of one partitioned table: reads the ranges of its partitions and makes new ones. */
final class PartitionTable {

    private static final String MAKE_MONTH = "SELECT create_monthly_partition(?, ?::date)";
    private static final String MAKE_YEAR = "SELECT create_yearly_partition(?, ?::date)";

    private final Catalogue catalogue;
    private final Transactions impatient;
    private final String table;

    PartitionTable(Transactions transactions, String table, PartitionLimits limits) {
        this.catalogue = new Catalogue(transactions);
        this.impatient = transactions.withLockTimeout(limits.lockTimeout());
        this.table = table;
    }

    String name() {
        return table;
    }

    Bounds bounds() {
        return new Bounds(catalogue.partitions(table).stream()
                .map(partition -> new Bound(partition.from(), partition.until()))
                .toList());
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
}
