package io.alphakeep.write;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What one statement did: rows that were not there, and rows that were there with other values. */
record Written(long inserted, long changed) {

    static final Written NOTHING = new Written(0, 0);

    /** Rows that the driver holds of the answer at a time. */
    private static final int FETCH_ROWS = 10_000;

    /**
     * Runs a statement that returns true for each row it inserted and false for each that it changed. Inserted and changed
     * rows carry different values of {@code updated_at}, both bound: {@code xmax} cannot be read through a partitioned
     * parent, and {@code RETURNING OLD} needs PostgreSQL 18.
     */
    static Written by(PreparedStatement statement) throws SQLException {
        statement.setFetchSize(FETCH_ROWS);
        long inserted = 0;
        long changed = 0;
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                if (rows.getBoolean(1)) {
                    inserted++;
                } else {
                    changed++;
                }
            }
        }
        return new Written(inserted, changed);
    }

    Written plus(Written other) {
        return new Written(inserted + other.inserted, changed + other.changed);
    }
}
