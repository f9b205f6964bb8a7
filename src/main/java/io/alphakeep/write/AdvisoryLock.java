package io.alphakeep.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Writers of the same series, or of the same ticker's documents, follow each other until their transactions end. What one of
 * them reads stays true until it writes, and two that lock the same rows in different orders do not deadlock. Two names of
 * the same hash wait for each other needlessly, no more. Waiting ends with {@code lock_timeout} (55P03).
 */
final class AdvisoryLock {

    /** Takes two texts. What is read under it is to be a statement of its own: a statement's snapshot is older than its lock. */
    static final String CALL = "pg_advisory_xact_lock(hashtextextended(? || ' ' || ?, 0))";

    private AdvisoryLock() {}

    static void take(Connection connection, String ticker, String of) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + CALL)) {
            statement.setString(1, ticker);
            statement.setString(2, of);
            statement.execute();
        }
    }
}
