package io.alphakeep.ledger;

import io.alphakeep.db.Instants;
import io.alphakeep.market.Series;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The requests: one line each, in the transaction of the rows that it brought. */
public final class Requests {

    private static final int MAX_MESSAGE_CHARS = 300;

    static final String INSERT = """
            INSERT INTO alpha_request (
                run, ticker, endpoint, parameters, requested_at, outcome, http_status, duration_ms, body_bytes, meta, message,
                rows_inserted, rows_changed, rows_unchanged, rows_removed, rows_rejected)
            VALUES (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?)
            """;

    private static final String LATEST = """
            SELECT outcome FROM alpha_request WHERE ticker = ? AND endpoint = ? ORDER BY requested_at DESC LIMIT ?
            """;

    /** How many of the series' newest lines have the outcome, up to the first that has another; at most {@code most}. */
    public int inARow(Connection connection, Series series, String outcome, int most) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(LATEST)) {
            s.setString(1, series.symbol().text());
            s.setString(2, series.endpoint());
            s.setInt(3, most);
            try (ResultSet r = s.executeQuery()) {
                int count = 0;
                while (r.next() && outcome.equals(r.getString(1))) {
                    count++;
                }
                return count;
            }
        }
    }

    /** Writes the line in the caller's transaction. */
    public void record(Connection connection, RequestLine line) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(INSERT)) {
            bind(s, line);
            s.executeUpdate();
        }
    }

    /** The parameters of {@link #INSERT}, the first ones of the statement; returns the next one's index. */
    static int bind(PreparedStatement s, RequestLine line) throws SQLException {
        s.setLong(1, line.run());
        s.setString(2, line.series().symbol().text());
        s.setString(3, line.series().endpoint());
        s.setString(4, line.parametersJson());
        Instants.set(s, 5, line.requestedAt());
        s.setString(6, line.outcome());
        s.setInt(7, line.httpStatus());
        s.setInt(8, (int) Math.min(Integer.MAX_VALUE, line.durationMs()));
        s.setLong(9, line.bodyBytes());
        s.setString(10, line.metaJson());
        s.setString(11, Text.bounded(line.message(), MAX_MESSAGE_CHARS));
        s.setLong(12, line.rows().inserted());
        s.setLong(13, line.rows().changed());
        s.setLong(14, line.rows().unchanged());
        s.setLong(15, line.rows().removed());
        s.setLong(16, line.rows().rejected());
        return 17;
    }
}
