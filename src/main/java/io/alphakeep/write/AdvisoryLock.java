package io.alphakeep.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Writers of the same series follow each other, until their transactions end. The statements below would be safe without:
 * the lock is there because counts compare against rows read before, because a superseded bar is removed on what was read,
 * and because two writers that lock the same rows in different orders would deadlock. Two names of the same hash wait for
 * each other needlessly, no more. Waiting ends with {@code lock_timeout} (55P03).
 */
final class AdvisoryLock {

    // In a statement of its own: in one with the read, the snapshot would be older than the lock.
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(? || ' ' || ?, 0))";

    private AdvisoryLock() {}

    static void take(Connection connection, String ticker, String of) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setString(1, ticker);
            statement.setString(2, of);
            statement.execute();
        }
    }
}
