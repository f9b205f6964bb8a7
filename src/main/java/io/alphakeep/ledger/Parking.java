package io.alphakeep.ledger;

import io.alphakeep.db.Transactions;
import io.alphakeep.market.Series;
import io.alphakeep.market.Watermark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/** Series that are no longer asked, each with its reason, until somebody wants them tried again. */
public final class Parking {

    private static final int MAX_REASON_CHARS = 300;

    private static final String PARK = """
            INSERT INTO alpha_watermark AS w (ticker, endpoint, api_function, parked_reason)
            VALUES (?, ?, ?, ?)
            ON CONFLICT (ticker, endpoint) DO UPDATE SET parked_reason = EXCLUDED.parked_reason
            WHERE w.parked_reason IS DISTINCT FROM EXCLUDED.parked_reason
            """;

    private static final String UNPARK = """
            UPDATE alpha_watermark w
            SET parked_reason = NULL, failures_in_row = 0, full_refused = false
            FROM unnest(?::text[], ?::text[]) AS wanted (ticker, endpoint)
            WHERE w.ticker = wanted.ticker AND w.endpoint = wanted.endpoint AND (w.parked_reason IS NOT NULL OR w.full_refused)
            """;

    private static final String PARKED = """
            SELECT ticker, endpoint, api_function, first_timestamp, last_timestamp, last_answer_at,
                   last_attempt_at, failures_in_row, parked_reason, refresh_owed, full_refused,
                   backfill_from, backfill_through, backfill_at, gap_checked_at, gap_checked_through,
                   gap_pass_at, gap_asked_at, gap_from, gap_through, gap_sessions
            FROM alpha_watermark
            WHERE parked_reason IS NOT NULL
            ORDER BY ticker, endpoint
            """;

    private final Transactions transactions;

    public Parking(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Asks the series no more; in a transaction of its own. */
    public void park(Series series, String reason) {
        transactions.run(connection -> {
            park(connection, series, reason);
            return null;
        });
    }

    /**
     * The same in the caller's transaction, beside the line of the request that led to it.
     *
     * @param reason why, in words, without the key; kept to 300 characters
     */
    public void park(Connection connection, Series series, String reason) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(PARK)) {
            s.setString(1, series.symbol().text());
            s.setString(2, series.endpoint());
            s.setString(3, series.function());
            s.setString(4, Text.bounded(reason, MAX_REASON_CHARS));
            s.executeUpdate();
        }
    }

    /**
     * Asks these series again, and in full where that was refused as premium; their failures are forgotten.
     *
     * @return how many of them were parked or refused in full
     */
    public int unpark(Collection<Series> series) {
        SeriesKeys keys = SeriesKeys.of(series);
        return transactions.run(connection -> {
            try (PreparedStatement s = connection.prepareStatement(UNPARK)) {
                s.setString(1, keys.tickers());
                s.setString(2, keys.endpoints());
                return s.executeUpdate();
            }
        });
    }

    /** The parked series, by ticker and endpoint. */
    public List<Watermark> parked() {
        return transactions.run(connection -> {
            try (PreparedStatement s = connection.prepareStatement(PARKED)) {
                return new ArrayList<>(Watermarks.read(s, new LinkedHashMap<>()).values());
            }
        });
    }
}
