package io.alphakeep.write;

import io.alphakeep.market.Bars;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.core.Field;

/**
 * One stored row: its instant and all its value columns. One serves a whole result, taking row after row from the bytes as
 * the server sent them: binary once the driver has prepared the statement, text before.
 */
final class StoredRow {

    private static final Bars.Figure[] FIGURES = Bars.Figure.values();

    /** In {@link #scales}: the column is null; it is held by {@link #wide}; it is NaN or infinite, which no answer is. */
    private static final byte NONE = -1;

    private static final byte WIDE = -2;
    private static final byte ODD = -3;

    private static final int TIMESTAMP = 1;
    private static final int FIRST_FIGURE = 2;
    private static final int FLAG = FIRST_FIGURE + FIGURES.length;
    private static final int RAW = FLAG + 1;
    /** The columns that this reads, in order. */
    static final int COLUMNS = RAW;

    private long micros;
    private final long[] unscaled = new long[FIGURES.length];
    private final byte[] scales = new byte[FIGURES.length];
    private final BigDecimal[] wide = new BigDecimal[FIGURES.length];
    private int flag;
    private String raw;

    private final NumericReader reader = new NumericReader();
    private boolean[] binary;

    /** To be called once for each result, before its first row. */
    void begin(ResultSet rows) throws SQLException {
        PGResultSetMetaData columns = rows.getMetaData().unwrap(PGResultSetMetaData.class);
        binary = new boolean[COLUMNS + 1];
        for (int column = 1; column <= COLUMNS; column++) {
            binary[column] = columns.getFormat(column) == Field.BINARY_FORMAT;
        }
    }

    void read(ResultSet rows) throws SQLException {
        micros = binary[TIMESTAMP]
                ? micros(rows.getBytes(TIMESTAMP))
                : ChronoUnit.MICROS.between(
                        Instant.EPOCH,
                        rows.getObject(TIMESTAMP, OffsetDateTime.class).toInstant());
        for (int i = 0; i < FIGURES.length; i++) {
            figure(rows, i);
        }
        flag = rows.getShort(FLAG);
        raw = rows.getString(RAW);
    }

    private void figure(ResultSet rows, int i) throws SQLException {
        byte[] value = rows.getBytes(FIRST_FIGURE + i);
        wide[i] = null;
        if (value == null) {
            scales[i] = NONE;
        } else if (binary[FIRST_FIGURE + i] ? reader.binary(value) : reader.text(value)) {
            unscaled[i] = reader.unscaled();
            scales[i] = (byte) reader.scale();
        } else if (reader.isNumber()) {
            scales[i] = WIDE;
            wide[i] = rows.getBigDecimal(FIRST_FIGURE + i);
        } else {
            scales[i] = ODD;
        }
    }

    /** The number of a column; null where it has none, or one that is no number. */
    static BigDecimal close(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null || !Character.isDigit(text.charAt(text.length() - 1)) ? null : new BigDecimal(text);
    }

    /** Since 1970-01-01T00:00Z. */
    long micros() {
        return micros;
    }

    Instant timestamp() {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** What the answer's bar is to this row of the same instant: one of {@link JudgedBars}' verdicts. */
    byte verdict(Bars bars, int index, int newFlag, String newRaw) {
        if (flag != newFlag || (raw == null) != (newRaw == null)) {
            return JudgedBars.CHANGED;
        }
        for (int i = 0; i < FIGURES.length; i++) {
            if (!isSame(i, bars, index)) {
                return JudgedBars.CHANGED;
            }
        }
        return raw == null || JsonText.areAlike(raw, newRaw) ? JudgedBars.SAME : JudgedBars.UNSURE;
    }

    private boolean isSame(int i, Bars bars, int index) {
        Bars.Figure figure = FIGURES[i];
        if (!bars.has(figure, index)) {
            return scales[i] == NONE;
        }
        if (scales[i] == NONE || scales[i] == ODD) {
            return false;
        }
        if (scales[i] >= 0 && bars.isPlain(figure, index) && bars.scale(figure, index) == scales[i]) {
            return bars.unscaled(figure, index) == unscaled[i];
        }
        return bars.value(figure, index).compareTo(value(i)) == 0;
    }

    private BigDecimal value(int i) {
        return scales[i] >= 0 ? BigDecimal.valueOf(unscaled[i], scales[i]) : wide[i];
    }

    /** Lets the bar before another one be this row. */
    void tell(BarBefore before) {
        int close = Bars.Figure.CLOSE.ordinal();
        long second = Math.floorDiv(micros, 1_000_000L);
        if (scales[close] >= 0) {
            before.is(second, unscaled[close], scales[close]);
        } else {
            before.is(second, wide[close]);
        }
    }

    /** The same row in an object of its own, for the few series whose stored rows are looked at twice. */
    StoredRow copy() {
        StoredRow copy = new StoredRow();
        copy.micros = micros;
        System.arraycopy(unscaled, 0, copy.unscaled, 0, unscaled.length);
        System.arraycopy(scales, 0, copy.scales, 0, scales.length);
        System.arraycopy(wide, 0, copy.wide, 0, wide.length);
        copy.flag = flag;
        copy.raw = raw;
        return copy;
    }

    private static long micros(byte[] value) {
        long sinceEpoch = 0;
        for (byte b : value) {
            sinceEpoch = sinceEpoch << 8 | b & 0xFF;
        }
        return sinceEpoch + BarRows.EPOCH_SECOND * 1_000_000;
    }
}
