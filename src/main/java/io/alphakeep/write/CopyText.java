package io.alphakeep.write;

import io.alphakeep.market.Bar;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One COPY FROM STDIN in text format, written through a buffer of fixed size. Source of the format: chapter COPY of the
 * PostgreSQL manual, "Text Format".
 */
final class CopyText implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final byte[] NULL = {'\\', 'N'};

    private final CopyIn copy;
    private final byte[] before;
    private final byte[] after;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int used;

    /**
     * @param before columns before those of each bar, with a tab after each, none of them in need of escapes
     * @param after  columns after them, with a tab before each
     */
    CopyText(Connection connection, String sql, String before, String after) throws SQLException {
        this.before = before.getBytes(StandardCharsets.UTF_8);
        this.after = after.getBytes(StandardCharsets.UTF_8);
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    }

    void rows(List<BarRow> rows) throws SQLException {
        for (BarRow row : rows) {
            Bar bar = row.bar();
            bytes(before);
            ascii(bar.timestamp().toString());
            figure(bar.open());
            figure(bar.high());
            figure(bar.low());
            figure(bar.close());
            figure(bar.volume());
            figure(bar.adjustedClose());
            figure(bar.dividendAmount());
            figure(bar.splitCoefficient());
            put((byte) '\t');
            ascii(Integer.toString(row.flag()));
            put((byte) '\t');
            json(row.raw());
            bytes(after);
            put((byte) '\n');
        }
    }

    /** Ends the data; constraint violations surface here at the latest. */
    void end() throws SQLException {
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

    private void figure(BigDecimal value) throws SQLException {
        put((byte) '\t');
        if (value == null) {
            bytes(NULL);
        } else {
            ascii(Figure.text(value));
        }
    }

    private void json(String text) throws SQLException {
        if (text == null) {
            bytes(NULL);
            return;
        }
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            switch (b) {
                case '\\' -> escape('\\');
                case '\n' -> escape('n');
                case '\r' -> escape('r');
                case '\t' -> escape('t');
                default -> put(b);
            }
        }
    }

    private void escape(char letter) throws SQLException {
        put((byte) '\\');
        put((byte) letter);
    }

    private void ascii(String text) throws SQLException {
        for (int i = 0; i < text.length(); i++) {
            put((byte) text.charAt(i));
        }
    }

    private void bytes(byte[] bytes) throws SQLException {
        for (byte b : bytes) {
            put(b);
        }
    }

    private void put(byte b) throws SQLException {
        if (used == buffer.length) {
            flush();
        }
        buffer[used++] = b;
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer, 0, used);
        used = 0;
    }
}
