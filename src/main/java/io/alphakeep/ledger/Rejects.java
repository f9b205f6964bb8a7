package io.alphakeep.ledger;

import io.alphakeep.db.Instants;
import io.alphakeep.market.Reject;
import io.alphakeep.market.Series;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Rows of answers that could not be stored: kept with their reason, so that nothing disappears silently. */
public final class Rejects {

    private static final int BATCH_ROWS = 500;
    private static final int MAX_WORDS_CHARS = 300;
    private static final int MAX_PAYLOAD_CHARS = 4_096;

    private static final String INSERT = """
            INSERT INTO alpha_reject (run, ticker, endpoint, rejected_at, reason, place, detail, payload)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /**
     * Writes all of them in the caller's transaction. Place and detail are cut at 300 characters, the payload at 4,096.
     */
    public void record(Connection connection, long run, Series series, Instant at, List<Reject> rejects)
            throws SQLException {
        if (rejects.isEmpty()) {
            return;
        }
        try (PreparedStatement s = connection.prepareStatement(INSERT)) {
            int waiting = 0;
            for (Reject reject : rejects) {
                s.setLong(1, run);
                s.setString(2, series.symbol().text());
                s.setString(3, series.endpoint());
                Instants.set(s, 4, at);
                s.setString(5, reject.reason());
                s.setString(6, Text.bounded(reject.place(), MAX_WORDS_CHARS));
                s.setString(7, Text.bounded(reject.detail(), MAX_WORDS_CHARS));
                s.setString(8, Text.bounded(reject.payload(), MAX_PAYLOAD_CHARS));
                s.addBatch();
                if (++waiting == BATCH_ROWS) {
                    s.executeBatch();
                    waiting = 0;
                }
            }
            if (waiting > 0) {
                s.executeBatch();
            }
        }
    }
}
