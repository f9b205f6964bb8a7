package io.alphakeep.write;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.market.Bar;
import io.alphakeep.market.Series;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Bars of one series into {@code alpha_market_data}. Runs inside the caller's transaction: rows, ledger line and watermark
 * land together or not at all. Keeps no state, safe for several threads with a connection each.
 *
 * <p>Beside the rows of the answer it touches only superseded bars of a running week or month, which it removes; absence
 * from an answer is not deletion.
 */
public final class BarWriter {

    /** Fewer rows than this go as one statement; a temporary table costs 4-6 ms and pays from here on. */
    static final int BULK_ROWS = 5_000;

    private final StoredBars storedBars = new StoredBars();
    private final BarRemoval removal = new BarRemoval();
    private final BarArrays arrays = new BarArrays();
    private final BarCopy copy = new BarCopy();
    private final BarStaging staging = new BarStaging();

    /**
     * @param connection in a transaction, its search path set by {@link io.alphakeep.db.Transactions}
     * @param bars       ascending by timestamp, one per timestamp, each with a partition to go to
     * @return exact counts, also beside writers of the same rows; {@code rejected} is 0
     * @throws IllegalArgumentException when the bars are not ascending or a number is too long to be one; nothing is written
     * @throws DatabaseException when a bar has no partition
     * @throws SQLException when the database refuses or is gone; the transaction is to be rolled back
     */
    public WriteResult write(Connection connection, Series series, List<Bar> bars, WriteContext context)
            throws SQLException {
        requireSound(series, bars);
        if (bars.isEmpty()) {
            return WriteResult.NONE;
        }
        try {
            return locked(connection, new BarTarget(series, context), bars);
        } catch (SQLException e) {
            if (noPartition(e)) {
                throw withoutHome(series, bars, e);
            }
            throw e;
        }
    }

    private WriteResult locked(Connection connection, BarTarget target, List<Bar> bars) throws SQLException {
        Series series = target.series();
        AdvisoryLock.take(connection, series.symbol().text(), series.endpoint());
        List<StoredBar> stored = storedBars.around(connection, series, bars);
        SupersededBars superseded = SupersededBars.of(Cadence.of(series), bars, stored);
        long removed = removal.remove(connection, series, superseded.removed());
        List<BarRow> rows = BarRow.of(
                target, superseded.stale() ? bars.subList(0, bars.size() - 1) : bars, superseded.kept(stored));
        Written written =
                rows.size() < BULK_ROWS ? arrays.write(connection, target, rows) : bulk(connection, target, rows);
        // A stale bar counts as unchanged: storage holds a newer form of it.
        return new WriteResult(
                written.inserted(),
                written.changed(),
                bars.size() - written.inserted() - written.changed(),
                removed,
                0);
    }

    private Written bulk(Connection connection, BarTarget target, List<BarRow> rows) throws SQLException {
        Instant highWater = storedBars.highWater(connection, target.series());
        int split = firstAfter(rows, highWater);
        List<BarRow> above = rows.subList(split, rows.size());
        if (above.isEmpty() || !copy.write(connection, target, above)) {
            return staging.write(connection, target, rows);
        }
        Written fresh = new Written(above.size(), 0);
        List<BarRow> below = rows.subList(0, split);
        if (below.isEmpty()) {
            return fresh;
        }
        return fresh.plus(
                below.size() < BULK_ROWS
                        ? arrays.write(connection, target, below)
                        : staging.write(connection, target, below));
    }

    private static int firstAfter(List<BarRow> rows, Instant highWater) {
        int index = rows.size();
        while (index > 0
                && (highWater == null || rows.get(index - 1).timestamp().isAfter(highWater))) {
            index--;
        }
        return index;
    }

    private static void requireSound(Series series, List<Bar> bars) {
        Instant previous = Instant.MIN;
        for (Bar bar : bars) {
            int order = bar.timestamp().compareTo(previous);
            if (order <= 0) {
                throw new IllegalArgumentException(series + ": the bar of " + bar.timestamp()
                        + (order == 0 ? " stands twice" : " is not in ascending order"));
            }
            if (!Figure.areBounded(bar)) {
                throw new IllegalArgumentException(series + ": the bar of " + bar.timestamp()
                        + " has a number of more than " + Figure.MAX_DIGITS + " digits before or after its point");
            }
            previous = bar.timestamp();
        }
    }

    /** The table has no CHECK constraint, so this state can only mean a row without a partition. */
    private static boolean noPartition(SQLException e) {
        return "23514".equals(e.getSQLState());
    }

    private static DatabaseException withoutHome(Series series, List<Bar> bars, SQLException cause) {
        String what = series + ": alpha_market_data has no partition for one of the bars from "
                + bars.get(0).timestamp() + " to " + bars.get(bars.size() - 1).timestamp();
        return new DatabaseException(new SQLException(what, cause.getSQLState(), cause));
    }
}
