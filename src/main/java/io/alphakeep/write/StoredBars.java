package io.alphakeep.write;

import io.alphakeep.market.Bar;
import io.alphakeep.market.Series;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Reads what is stored around an answer. Every statement is answered by the key alone, heap pages are not needed. */
final class StoredBars {

    /** Rows that the driver holds of a large result at a time. */
    private static final int FETCH_ROWS = 10_000;

    private static final String WINDOW = """
            SELECT "timestamp", close_price FROM alpha_market_data
            WHERE ticker = ? AND endpoint = ? AND "timestamp" BETWEEN ? AND ?
            ORDER BY "timestamp"
            """;

    private static final String BEFORE = """
            SELECT "timestamp", close_price FROM alpha_market_data
            WHERE ticker = ? AND endpoint = ? AND "timestamp" < ?
            ORDER BY "timestamp" DESC LIMIT 1
            """;

    private static final String HIGH_WATER = """
            SELECT "timestamp" FROM alpha_market_data
            WHERE ticker = ? AND endpoint = ?
            ORDER BY "timestamp" DESC LIMIT 1
            """;

    /**
     * The stored bars from the one before the first of the answer to the end of the last one's period, ascending; perhaps
     * some earlier ones too.
     */
    List<StoredBar> around(Connection connection, Series series, List<Bar> bars) throws SQLException {
        Cadence cadence = Cadence.of(series);
        if (cadence == Cadence.QUOTE) {
            return List.of();
        }
        Instant first = bars.get(0).timestamp();
        Instant last = bars.get(bars.size() - 1).timestamp();
        Instant to = cadence.movesItsDate()
                ? Cadence.startOf(cadence.nextPeriod(cadence.periodOf(last))).minusNanos(1_000)
                : last;
        List<StoredBar> stored = window(connection, series, first.minus(cadence.lookback()), to);
        if (!stored.isEmpty() && stored.get(0).timestamp().isBefore(first)) {
            return stored;
        }
        List<StoredBar> before = read(connection, series, BEFORE, first);
        before.addAll(stored);
        return before;
    }

    /** The newest stored instant of the series; null when it has none. */
    Instant highWater(Connection connection, Series series) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HIGH_WATER)) {
            statement.setString(1, series.symbol().text());
            statement.setString(2, series.endpoint());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getObject(1, OffsetDateTime.class).toInstant() : null;
            }
        }
    }

    private List<StoredBar> window(Connection connection, Series series, Instant from, Instant to) throws SQLException {
        return read(connection, series, WINDOW, from, to);
    }

    private static List<StoredBar> read(Connection connection, Series series, String sql, Instant... bounds)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, series.symbol().text());
            statement.setString(2, series.endpoint());
            for (int i = 0; i < bounds.length; i++) {
                statement.setObject(3 + i, bounds[i].atOffset(ZoneOffset.UTC));
            }
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                List<StoredBar> stored = new ArrayList<>();
                while (rows.next()) {
                    stored.add(new StoredBar(
                            rows.getObject(1, OffsetDateTime.class).toInstant(), rows.getBigDecimal(2)));
                }
                return stored;
            }
        }
    }
}
