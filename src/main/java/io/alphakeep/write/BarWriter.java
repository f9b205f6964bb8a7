package io.alphakeep.write;

import io.alphakeep.db.Bounds;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Series;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Bars of one series into {@code alpha_market_data}. Runs inside the caller's transaction: rows, ledger line and watermark
 * land together or not at all. Keeps no state, safe for several threads with a connection each.
 *
 * <p>The answer is merged with what is stored while that streams by, and only what is new or differs is sent. Beside the
 * rows of the answer it touches only superseded bars of a running week or month, which it removes; absence from an answer
 * is not deletion.
 */
public final class BarWriter {

    /** From this many new rows on COPY pays; docs/writing.md has the figures. */
    static final int COPY_ROWS = 300;

    private final BarRemoval removal = new BarRemoval();
    private final BarArrays arrays = new BarArrays();
    private final BarCopy copy = new BarCopy();

    /** {@link #write(Connection, Bounds, Series, Bars, WriteContext)} in a transaction that has its bounds already. */
    public WriteResult write(Connection connection, Series series, Bars bars, WriteContext context)
            throws SQLException {
        return write(connection, Bounds.SET, series, bars, context);
    }

    /**
     * @param connection in a transaction
     * @param bounds     the transaction's, which go with the first statement; set also when there are no bars
     * @param bars       each with a partition to go to
     * @return exact counts, also beside writers of the same rows; {@code rejected} is 0
     * @throws IllegalArgumentException when a number is too long to be one; nothing is written
     * @throws DatabaseException when a bar has no partition
     * @throws SQLException when the database refuses or is gone; the transaction is to be rolled back
     */
    public WriteResult write(Connection connection, Bounds bounds, Series series, Bars bars, WriteContext context)
            throws SQLException {
        requireBounded(series, bars);
        if (bars.isEmpty()) {
            bounds.set(connection);
            return WriteResult.NONE;
        }
        try {
            return locked(connection, bounds, new BarTarget(series, context), bars);
        } catch (SQLException e) {
            if (noPartition(e)) {
                throw withoutHome(series, bars, e);
            }
            throw e;
        }
    }

    private WriteResult locked(Connection connection, Bounds bounds, BarTarget target, Bars bars) throws SQLException {
        Cadence cadence = Cadence.of(target.series());
        long removed = 0;
        JudgedBars judged;
        try (StoredCursor stored = StoredCursor.open(connection, bounds, target, bars)) {
            if (cadence.movesItsDate()) {
                List<StoredRow> all = all(stored);
                SupersededBars superseded = SupersededBars.of(cadence, bars, all);
                // Before the rest is judged: what goes is not to be found as the bar before another one.
                removed = removal.remove(connection, target.series(), superseded.removed());
                // A stale bar counts as unchanged: storage holds a newer form of it.
                Bars current = superseded.stale() ? bars.slice(0, bars.size() - 1) : bars;
                judged = JudgedBars.of(connection, target, current, StoredRows.of(superseded.kept(all)));
            } else {
                judged = JudgedBars.of(connection, target, bars, stored);
            }
        }
        Written written = send(connection, judged);
        return new WriteResult(
                written.inserted(),
                written.changed(),
                bars.size() - written.inserted() - written.changed(),
                removed,
                0);
    }

    private Written send(Connection connection, JudgedBars judged) throws SQLException {
        int fresh = judged.count(JudgedBars.NEW);
        boolean copied = fresh >= COPY_ROWS && copy.writeNew(connection, judged);
        Written written = copied ? new Written(fresh, 0) : Written.NOTHING;
        if (!copied) {
            written = written.plus(arrays.write(connection, judged, JudgedBars.NEW));
        }
        return written.plus(arrays.write(connection, judged, JudgedBars.CHANGED))
                .plus(arrays.write(connection, judged, JudgedBars.UNSURE));
    }

    /** A week's or month's bar is rare enough to keep them all: 25 years are 1,300. */
    private static List<StoredRow> all(StoredRows stored) throws SQLException {
        List<StoredRow> all = new ArrayList<>();
        while (stored.next()) {
            all.add(stored.row().copy());
        }
        return all;
    }

    private static void requireBounded(Series series, Bars bars) {
        for (int i = 0; i < bars.size(); i++) {
            if (!FigureText.areBounded(bars, i)) {
                throw new IllegalArgumentException(series + ": the bar of " + bars.timestamp(i)
                        + " has a number of more than " + FigureText.MAX_DIGITS + " digits before or after its point");
            }
        }
    }

    /** The table has no CHECK constraint, so this state can only mean a row without a partition. */
    private static boolean noPartition(SQLException e) {
        return "23514".equals(e.getSQLState());
    }

    private static DatabaseException withoutHome(Series series, Bars bars, SQLException cause) {
        String what = series + ": alpha_market_data has no partition for one of the bars from " + bars.first() + " to "
                + bars.last();
        return new DatabaseException(new SQLException(what, cause.getSQLState(), cause));
    }
}
