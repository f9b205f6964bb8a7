package io.alphakeep.bench;

import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows in COPY's text form, made ready outside of the clock. Sent as they are they are what a server can take in at most,
 * by one session: nothing is asked, compared or counted.
 */
final class CopyRows {

    static final String COLUMNS = "ticker, endpoint, api_function, \"timestamp\", open_price, high_price, low_price,"
            + " close_price, volume, quality_flag, ingestion_epoch, updated_at";

    private CopyRows() {}

    /** One piece per answer. */
    static List<byte[]> encode(List<SeriesBars> answers) {
        return answers.stream().map(CopyRows::encode).toList();
    }

    private static byte[] encode(SeriesBars answer) {
        Bars bars = answer.bars();
        String before = answer.ticker()
                + '\t'
                + answer.series().endpoint()
                + '\t'
                + answer.series().function()
                + '\t';
        StringBuilder text = new StringBuilder(bars.size() * 140);
        for (int i = 0; i < bars.size(); i++) {
            text.append(before)
                    .append(bars.timestamp(i))
                    .append('\t')
                    .append(bars.value(Figure.OPEN, i))
                    .append('\t')
                    .append(bars.value(Figure.HIGH, i))
                    .append('\t')
                    .append(bars.value(Figure.LOW, i))
                    .append('\t')
                    .append(bars.value(Figure.CLOSE, i))
                    .append('\t')
                    .append(bars.value(Figure.VOLUME, i))
                    .append("\t0\t1\t2026-01-01T00:00:00Z\n");
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** One COPY of all of it; the caller commits. */
    static void send(Connection connection, String table, List<byte[]> rows) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " (" + COLUMNS + ") FROM STDIN");
        try {
            for (byte[] piece : rows) {
                copy.writeToCopy(piece, 0, piece.length);
            }
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
