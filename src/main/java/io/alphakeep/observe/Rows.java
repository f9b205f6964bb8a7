package io.alphakeep.observe;

import io.alphakeep.db.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads samples out of the rows of one statement. */
final class Rows {

    /** Adds what one row tells. */
    @FunctionalInterface
    interface Reader {
        void read(ResultSet row, List<Sample> to) throws SQLException;
    }

    private Rows() {}

    static List<Sample> of(Transactions transactions, String statement, Reader reader) {
        return transactions.run(connection -> {
            List<Sample> samples = new ArrayList<>();
            try (PreparedStatement s = connection.prepareStatement(statement);
                    ResultSet rows = s.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows, samples);
                }
            }
            return samples;
        });
    }

    /** The number of a column; empty where it is null. */
    static Optional<Double> number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }
}
