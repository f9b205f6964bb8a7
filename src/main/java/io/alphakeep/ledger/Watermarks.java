package io.alphakeep.ledger;

import io.alphakeep.db.Instants;
import io.alphakeep.db.Transactions;
import io.alphakeep.market.Series;
import io.alphakeep.market.Watermark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** How far each series is kept. What an answer changes is written by the run that holds the lease, and by nobody else. */
public final class Watermarks {

    private static final String LOAD = """
            SELECT w.ticker, w.endpoint, w.api_function, w.first_timestamp, w.last_timestamp, w.last_answer_at,
                   w.last_attempt_at, w.failures_in_row, w.parked_reason, w.refresh_owed, w.full_refused,
                   w.backfill_from, w.backfill_through, w.backfill_at, w.gap_checked_at, w.gap_checked_through,
                   w.gap_pass_at, w.gap_asked_at, w.gap_from, w.gap_through, w.gap_sessions
            FROM unnest(?::text[], ?::text[]) AS wanted (ticker, endpoint)
            JOIN alpha_watermark w USING (ticker, endpoint)
            """;

    private static final String ALL = """
            SELECT ticker, endpoint, api_function, first_timestamp, last_timestamp, last_answer_at,
                   last_attempt_at, failures_in_row, parked_reason, refresh_owed, full_refused,
                   backfill_from, backfill_through, backfill_at, gap_checked_at, gap_checked_through,
                   gap_pass_at, gap_asked_at, gap_from, gap_through, gap_sessions
            FROM alpha_watermark
            ORDER BY ticker, endpoint
            """;

    // One statement for two tables saves a round trip of each request. LEAST and GREATEST pass over nulls.
    private static final String ANSWERED = "WITH line AS (" + Requests.INSERT + """
            )
            UPDATE alpha_watermark
            SET first_timestamp = LEAST(first_timestamp, ?), last_timestamp = GREATEST(last_timestamp, ?),
                last_answer_at = COALESCE(?, last_answer_at), last_attempt_at = ?, failures_in_row = 0, parked_reason = NULL,
                refresh_owed = ?, full_refused = ?, backfill_from = ?, backfill_through = ?, backfill_at = ?,
                gap_checked_at = ?, gap_checked_through = ?, gap_pass_at = ?, gap_asked_at = ?,
                gap_from = ?, gap_through = ?, gap_sessions = ?,
                lease_run = NULL, lease_until = NULL
            WHERE ticker = ? AND endpoint = ? AND lease_run = ?
            """;

    private static final String FAILED = """
            UPDATE alpha_watermark
            SET failures_in_row = failures_in_row + ?, last_attempt_at = ?, lease_run = NULL, lease_until = NULL
            WHERE ticker = ? AND endpoint = ? AND lease_run = ?
            """;

    private static final String BROKE = """
            UPDATE alpha_watermark SET failures_in_row = failures_in_row + 1, last_attempt_at = ?
            WHERE ticker = ? AND endpoint = ?
            """;

    private final Transactions transactions;

    public Watermarks(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The watermarks of these series, in their order; {@link Watermark#none} for those that were never asked. */
    public Map<Series, Watermark> load(Collection<Series> series) {
        Map<Series, Watermark> found = new LinkedHashMap<>();
        new TreeSet<>(series).forEach(s -> found.put(s, Watermark.none(s)));
        SeriesKeys keys = SeriesKeys.of(found.keySet());
        return transactions.run(connection -> {
            try (PreparedStatement s = connection.prepareStatement(LOAD)) {
                s.setString(1, keys.tickers());
                s.setString(2, keys.endpoints());
                return read(s, found);
            }
        });
    }

    /** All there are, parked ones and those that left the watchlist too. */
    public Map<Series, Watermark> all() {
        return transactions.run(connection -> {
            try (PreparedStatement s = connection.prepareStatement(ALL)) {
                return read(s, new LinkedHashMap<>());
            }
        });
    }

    /**
     * The API gave data, or said that there is none. Writes the request's line, widens the series' bounds, forgets failures and
     * a parking, and gives the lease back, in the caller's transaction.
     *
     * @throws LeaseLostException when another run took the series over: roll back
     */
    public void answered(Connection connection, RequestLine line, Answered answer) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(ANSWERED)) {
            int i = Requests.bind(s, line);
            Instants.set(s, i++, answer.first());
            Instants.set(s, i++, answer.last());
            Instants.set(s, i++, answer.answerAt());
            Instants.set(s, i++, answer.attemptAt());
            s.setBoolean(i++, answer.refreshOwed());
            s.setBoolean(i++, answer.fullRefused());
            s.setObject(i++, answer.backfillFrom());
            s.setObject(i++, answer.backfillThrough());
            Gaps.bind(s, i, answer.holes());
            i += Gaps.COLUMNS;
            s.setString(i++, line.series().symbol().text());
            s.setString(i++, line.series().endpoint());
            s.setLong(i, line.run());
            if (s.executeUpdate() == 0) {
                throw new LeaseLostException(line.run(), line.series());
            }
        }
    }

    /**
     * No usable answer came: one failure more, and the lease is given back, in the caller's transaction. When another run
     * took the series over, this failure is not its series' and nothing is written.
     *
     * @param sent false: nothing was asked, since there was no connection. That says nothing about the series, and holds it off
     *     from no run
     * @return whether it was noted
     */
    public boolean failed(Connection connection, long run, Series series, Instant at, boolean sent)
            throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(FAILED)) {
            s.setInt(1, sent ? 1 : 0);
            Instants.set(s, 2, at);
            s.setString(3, series.symbol().text());
            s.setString(4, series.endpoint());
            s.setLong(5, run);
            return s.executeUpdate() > 0;
        }
    }

    /**
     * Something broke that no rule foresaw: one failure more, whoever holds the lease, so that the series is held off.
     *
     * @return whether there was such a series
     */
    public boolean broke(Connection connection, Series series, Instant at) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(BROKE)) {
            Instants.set(s, 1, at);
            s.setString(2, series.symbol().text());
            s.setString(3, series.endpoint());
            return s.executeUpdate() > 0;
        }
    }

    static Map<Series, Watermark> read(PreparedStatement statement, Map<Series, Watermark> into) throws SQLException {
        try (ResultSet r = statement.executeQuery()) {
            while (r.next()) {
                Series series = SeriesKeys.read(r);
                into.put(series, read(series, r));
            }
        }
        return into;
    }

    private static Watermark read(Series series, ResultSet r) throws SQLException {
        return new Watermark(
                series,
                Instants.get(r, "first_timestamp"),
                Instants.get(r, "last_timestamp"),
                Instants.get(r, "last_answer_at"),
                Instants.get(r, "last_attempt_at"),
                r.getInt("failures_in_row"),
                r.getString("parked_reason"),
                r.getBoolean("refresh_owed"),
                r.getBoolean("full_refused"),
                r.getObject("backfill_from", LocalDate.class),
                r.getObject("backfill_through", LocalDate.class),
                Gaps.read(r));
    }
}
