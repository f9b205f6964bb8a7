package io.alphakeep.budget;

import io.alphakeep.db.ArrayLiteral;
import io.alphakeep.db.Instants;
import io.alphakeep.db.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads and writes a key's line of {@code alpha_budget}. */
final class BudgetRow {

    // The clock is read from the locked row's outside: in the inner select it would be read before the wait for the
    // lock.
    private static final String HOLD = """
            WITH held AS MATERIALIZED (
                SELECT recent, utc_day, utc_used, eastern_day, eastern_used, paused_until, day_closed_until
                FROM alpha_budget
                WHERE fingerprint = ?
                FOR UPDATE
            )
            SELECT clock_timestamp() AS now, held.* FROM held
            """;

    private static final String INSERT = """
            INSERT INTO alpha_budget (fingerprint, utc_day, eastern_day, updated_at)
            SELECT ?, (now AT TIME ZONE 'UTC')::date, (now AT TIME ZONE 'America/New_York')::date, now
            FROM (SELECT clock_timestamp()) AS clock (now)
            ON CONFLICT (fingerprint) DO NOTHING
            """;

    private static final String READ = """
            SELECT clock_timestamp() AS now, b.recent, b.utc_day, b.utc_used, b.eastern_day, b.eastern_used,
                   b.paused_until, b.day_closed_until
            FROM (SELECT ?::text AS fingerprint) AS wanted
            LEFT JOIN alpha_budget b USING (fingerprint)
            """;

    private static final String STORE = """
            UPDATE alpha_budget
            SET recent = ?::timestamptz[], utc_day = ?, utc_used = ?, eastern_day = ?, eastern_used = ?,
                paused_until = ?, day_closed_until = ?, updated_at = ?
            WHERE fingerprint = ?
            """;

    // As State.at and State.plus do it, where no window has to be looked at; a pause or a closed day is left to them.
    // Its last clock is read when the row was had.
    private static final String COUNT = """
            UPDATE alpha_budget b
            SET utc_used = CASE WHEN b.utc_day - now.utc BETWEEN 0 AND 1 THEN b.utc_used ELSE 0 END + 1,
                utc_day = CASE WHEN b.utc_day - now.utc BETWEEN 0 AND 1 THEN b.utc_day ELSE now.utc END,
                eastern_used = CASE WHEN b.eastern_day - now.eastern BETWEEN 0 AND 1 THEN b.eastern_used ELSE 0 END + 1,
                eastern_day = CASE WHEN b.eastern_day - now.eastern BETWEEN 0 AND 1 THEN b.eastern_day ELSE now.eastern END,
                updated_at = clock_timestamp()
            FROM (SELECT (at AT TIME ZONE 'UTC')::date, (at AT TIME ZONE 'America/New_York')::date, at
                  FROM clock_timestamp() AS clock (at)) AS now (utc, eastern, at)
            WHERE b.fingerprint = ? AND (b.paused_until IS NULL OR b.paused_until <= now.at)
              AND (b.day_closed_until IS NULL OR b.day_closed_until <= now.at)
            RETURNING clock_timestamp() AS now
            """;

    /** The line and the database's clock. */
    record Held(State state, Instant now) {}

    /** Locks the line until the transaction ends, making it first where there is none. */
    Held hold(Connection connection, String fingerprint) throws SQLException {
        Optional<Held> held = select(connection, HOLD, fingerprint);
        if (held.isPresent()) {
            return held.get();
        }
        try (PreparedStatement s = connection.prepareStatement(INSERT)) {
            s.setString(1, fingerprint);
            s.executeUpdate();
        }
        return select(connection, HOLD, fingerprint).orElseThrow();
    }

    /**
     * Counts one more request of today, in a transaction of its own.
     *
     * @return when; empty where there is no line yet, or one with a pause or a closed day
     */
    Optional<Instant> count(Transactions transactions, String fingerprint) {
        return transactions.single(COUNT, s -> s.setString(1, fingerprint), s -> {
            try (ResultSet r = s.getResultSet()) {
                return r.next() ? Optional.of(Instants.get(r, "now")) : Optional.empty();
            }
        });
    }

    /** Locks nothing; a line that is not there reads as one that was never used. */
    Held read(Connection connection, String fingerprint) throws SQLException {
        return select(connection, READ, fingerprint).orElseThrow();
    }

    void store(Connection connection, String fingerprint, State state, Instant now) throws SQLException {
        ArrayLiteral recent = new ArrayLiteral();
        state.recent().forEach(recent::add);
        try (PreparedStatement s = connection.prepareStatement(STORE)) {
            s.setString(1, recent.toString());
            s.setObject(2, state.utcDay());
            s.setInt(3, state.utcUsed());
            s.setObject(4, state.easternDay());
            s.setInt(5, state.easternUsed());
            Instants.set(s, 6, state.pausedUntil());
            Instants.set(s, 7, state.dayClosedUntil());
            Instants.set(s, 8, now);
            s.setString(9, fingerprint);
            s.executeUpdate();
        }
    }

    private static Optional<Held> select(Connection connection, String sql, String fingerprint) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(sql)) {
            s.setString(1, fingerprint);
            try (ResultSet r = s.executeQuery()) {
                return r.next() ? Optional.of(held(r)) : Optional.empty();
            }
        }
    }

    private static Held held(ResultSet r) throws SQLException {
        Instant now = Instants.get(r, "now");
        LocalDate utcDay = r.getObject("utc_day", LocalDate.class);
        if (utcDay == null) {
            return new Held(State.fresh(now), now);
        }
        List<Instant> recent = Arrays.stream((Timestamp[]) r.getArray("recent").getArray())
                .map(Timestamp::toInstant)
                .toList();
        State state = new State(
                recent,
                utcDay,
                r.getInt("utc_used"),
                r.getObject("eastern_day", LocalDate.class),
                r.getInt("eastern_used"),
                Instants.get(r, "paused_until"),
                Instants.get(r, "day_closed_until"));
        return new Held(state, now);
    }
}
