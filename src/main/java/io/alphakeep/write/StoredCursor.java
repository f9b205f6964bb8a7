package io.alphakeep.write;

import io.alphakeep.db.Bounds;
import io.alphakeep.market.Bars;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.postgresql.PGStatement;

/**
 * Locks a series and reads what is stored around an answer, in one round trip. The rows come in portions, so that a long
 * history is never in memory.
 */
final class StoredCursor implements StoredRows, AutoCloseable {

    /** Rows that the driver holds at a time, 400 bytes each. */
    private static final int FETCH_ROWS = 4_000;

    // Two statements in one message, each with its own snapshot: what the lock's last holder committed is seen.
    // In one statement the snapshot would be older than the lock.
    // A plan for the values at hand is made anew each time: 20 ms over 250 partitions, where one plan for all
    // values takes 4, pruning included. Left to itself the server takes the former.
    private static final String LOCK_AND_READ =
            "SELECT set_config('plan_cache_mode', ?, true), " + AdvisoryLock.CALL + """
            ;
            SELECT /* alphakeep */ "timestamp", open_price, high_price, low_price, close_price, volume, adjusted_close,
                   dividend_amount, split_coefficient, quality_flag, raw_payload
            FROM alpha_market_data
            WHERE ticker = ? AND endpoint = ? AND "timestamp" BETWEEN ? AND ?
            ORDER BY "timestamp"
            """;

    private static final String BEFORE = """
            SELECT /* alphakeep */ "timestamp", close_price FROM alpha_market_data
            WHERE ticker = ? AND endpoint = ? AND "timestamp" < ?
            ORDER BY "timestamp" DESC LIMIT 1
            """;

    private final PreparedStatement statement;
    private final ResultSet rows;
    private final StoredRow row = new StoredRow();

    private StoredCursor(PreparedStatement statement, Bounds bounds) throws SQLException {
        this.statement = statement;
        statement.execute();
        bounds.pass(statement);
        if (!statement.getMoreResults()) {
            throw new SQLException("the lock was taken, but no rows were answered");
        }
        rows = statement.getResultSet();
        row.begin(rows);
    }

    /**
     * Until the transaction ends its plans are made for all values alike.
     *
     * @return the stored bars from some time before the first of the answer to the end of the last one's period; a quote's alone.
     * The bar before the answer may be older still, see {@link #before}.
     */
    static StoredCursor open(Connection connection, Bounds bounds, BarTarget target, Bars bars) throws SQLException {
        Cadence cadence = Cadence.of(target.series());
        Instant to = cadence.movesItsDate()
                ? Cadence.startOf(cadence.nextPeriod(cadence.periodOf(bars.last())))
                        .minusSeconds(1)
                : bars.last();
        InstantText text = new InstantText();
        PreparedStatement statement = connection.prepareStatement(bounds.ahead() + LOCK_AND_READ);
        try {
            statement.setFetchSize(FETCH_ROWS);
            statement.setString(1, prepared(statement) ? "force_generic_plan" : "auto");
            statement.setString(2, target.ticker());
            statement.setString(3, target.endpoint());
            statement.setString(4, target.ticker());
            statement.setString(5, target.endpoint());
            Instant from = bars.first().minus(cadence.lookback());
            statement.setObject(6, text.of(from.getEpochSecond()), Types.OTHER);
            statement.setObject(7, text.of(to.getEpochSecond()), Types.OTHER);
            return new StoredCursor(statement, bounds);
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /** The newest stored bar before an instant, however old. */
    static BarBefore before(Connection connection, BarTarget target, long second) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEFORE)) {
            prepared(statement);
            statement.setString(1, target.ticker());
            statement.setString(2, target.endpoint());
            statement.setObject(3, new InstantText().of(second), Types.OTHER);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? BarBefore.of(row.getObject(1, OffsetDateTime.class).toEpochSecond(), StoredRow.close(row, 2))
                        : BarBefore.none();
            }
        }
    }

    /**
     * Keeps the plan from the first time on, not from the fifth; it is dear to make.
     *
     * @return false where the connection keeps none, which poolers ask for
     */
    private static boolean prepared(PreparedStatement statement) throws SQLException {
        PGStatement own = statement.unwrap(PGStatement.class);
        if (own.getPrepareThreshold() == 0) {
            return false;
        }
        own.setPrepareThreshold(1);
        return true;
    }

    @Override
    public boolean next() throws SQLException {
        if (!rows.next()) {
            return false;
        }
        row.read(rows);
        return true;
    }

    @Override
    public StoredRow row() {
        return row;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
