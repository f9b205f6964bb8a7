package io.alphakeep.write;

import io.alphakeep.db.ArrayLiteral;
import io.alphakeep.market.Series;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Set;

/** Removes superseded bars by their key, and says how many there were. */
final class BarRemoval {

    // The range is there for the planner: it prunes partitions.
    private static final String REMOVE = """
            DELETE FROM alpha_market_data
            WHERE ticker = ? AND endpoint = ? AND "timestamp" BETWEEN ? AND ? AND "timestamp" = ANY (?::timestamptz[])
            """;

    long remove(Connection connection, Series series, Set<Instant> timestamps) throws SQLException {
        if (timestamps.isEmpty()) {
            return 0;
        }
        ArrayLiteral keys = new ArrayLiteral();
        timestamps.forEach(keys::add);
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            statement.setString(1, series.symbol().text());
            statement.setString(2, series.endpoint());
            statement.setObject(3, Collections.min(timestamps).atOffset(ZoneOffset.UTC));
            statement.setObject(4, Collections.max(timestamps).atOffset(ZoneOffset.UTC));
            statement.setObject(5, keys.toString(), Types.OTHER);
            return statement.executeLargeUpdate();
        }
    }
}
