package io.alphakeep.write;

import io.alphakeep.market.Bars;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One COPY FROM STDIN of bars in binary form, written through a buffer of fixed size: the server works on one piece while
 * the next is made. Source of the format: chapter COPY of the PostgreSQL manual, "Binary Format", and the types' receive
 * functions.
 */
final class BarRows implements AutoCloseable {

    /** 2000-01-01T00:00Z, where PostgreSQL counts from. */
    static final long EPOCH_SECOND = 946_684_800L;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final short COLUMNS = 16;
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int NULL = -1;
    private static final byte JSONB_VERSION = 1;

    /** The longest row, but for its text columns and its JSON. */
    private static final int ROW_BYTES = 8 * NumericBytes.MAX_BYTES + 64;

    private static final Bars.Figure[] FIGURES = Bars.Figure.values();

    private final CopyIn copy;
    private final byte[] before;
    private final byte[] after;
    private final byte[] bytes = new byte[BUFFER_BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

    BarRows(Connection connection, String sql, BarTarget target) throws SQLException {
        this.before = before(target);
        this.after = after(target);
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    /** @param raw JSON; null is NULL */
    void row(Bars bars, int index, int flag, String raw) throws SQLException {
        room(before.length + ROW_BYTES);
        buffer.put(before).putInt(Long.BYTES).putLong((bars.second(index) - EPOCH_SECOND) * 1_000_000);
        for (Bars.Figure figure : FIGURES) {
            if (bars.has(figure, index)) {
                buffer.position(NumericBytes.put(bytes, buffer.position(), bars, figure, index));
            } else {
                buffer.putInt(NULL);
            }
        }
        buffer.putInt(Short.BYTES).putShort((short) flag);
        if (raw == null) {
            buffer.putInt(NULL);
        } else {
            json(raw.getBytes(StandardCharsets.UTF_8));
        }
        room(after.length);
        buffer.put(after);
    }

    /** Ends the data; constraint violations surface here at the latest. */
    void end() throws SQLException {
        room(Short.BYTES);
        buffer.putShort((short) -1);
        flush();
        copy.endCopy();
    }

    /** Takes a COPY that is still in progress back: the connection would stay locked otherwise. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private void json(byte[] text) throws SQLException {
        room(Integer.BYTES + 1);
        buffer.putInt(text.length + 1).put(JSONB_VERSION);
        int sent = 0;
        while (sent < text.length) {
            room(1);
            int piece = Math.min(text.length - sent, buffer.remaining());
            buffer.put(text, sent, piece);
            sent += piece;
        }
    }

    private void room(int wanted) throws SQLException {
        if (buffer.remaining() < wanted) {
            flush();
        }
    }

    private void flush() throws SQLException {
        copy.writeToCopy(bytes, 0, buffer.position());
        buffer.clear();
    }

    private static byte[] before(BarTarget target) {
        byte[] ticker = target.ticker().getBytes(StandardCharsets.UTF_8);
        byte[] endpoint = target.endpoint().getBytes(StandardCharsets.UTF_8);
        byte[] function = target.series().function().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Short.BYTES + 3 * Integer.BYTES + ticker.length + endpoint.length + function.length)
                .putShort(COLUMNS)
                .putInt(ticker.length)
                .put(ticker)
                .putInt(endpoint.length)
                .put(endpoint)
                .putInt(function.length)
                .put(function)
                .array();
    }

    private static byte[] after(BarTarget target) {
        Instant at = target.context().insertedAt();
        return ByteBuffer.allocate(2 * (Integer.BYTES + Long.BYTES))
                .putInt(Long.BYTES)
                .putLong(target.context().run())
                .putInt(Long.BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.ofEpochSecond(EPOCH_SECOND), at))
                .array();
    }
}
