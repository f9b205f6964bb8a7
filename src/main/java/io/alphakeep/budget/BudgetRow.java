package io.alphakeep.budget;

import io.alphakeep.db.ArrayLiteral;
import io.alphakeep.db.Instants;
import io.alphakeep.db.Next;
import io.alphakeep.db.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads and writes a key's line of {@code alpha_budget}. */
final class BudgetRow {

    // The clock is read from the locked row's outside: in the inner select it would be read before the wait for the
    // lock.
    private static final String HOLD = """
            WITH held AS MATERIALIZED (
                SELECT recent, recent_count, utc_day, utc_used, eastern_day, eastern_used,
                       custom_minute, custom_day, custom_used, paused_until, day_closed_until
                FROM alpha_budget
                WHERE fingerprint = ?
                FOR UPDATE
            )
            SELECT clock_timestamp() AS now, statement_timestamp() AS asked, held.* FROM held
            """;

    private static final String INSERT = """
            INSERT INTO alpha_budget (fingerprint, utc_day, eastern_day, updated_at)
            SELECT ?, (now AT TIME ZONE 'UTC')::date, (now AT TIME ZONE 'America/New_York')::date, now
            FROM (SELECT clock_timestamp()) AS clock (now)
            ON CONFLICT (fingerprint) DO NOTHING
            """;

    private static final String READ = """
            SELECT clock_timestamp() AS now, statement_timestamp() AS asked, b.*
            FROM (SELECT ?::text AS fingerprint) AS wanted
            LEFT JOIN alpha_budget b USING (fingerprint)
            """;

    // What is reserved now holds its place in the windows from this statement on, not from the one that looked: a
    // permit's age has one way there and back in it and not two.
    private static final String STORE = """
            UPDATE alpha_budget
            SET recent = ?::timestamptz[] || array_fill(clock_timestamp(), ARRAY[?]), recent_count = ?::integer[], utc_day = ?, utc_used = ?, eastern_day = ?,
                eastern_used = ?, custom_minute = ?, custom_day = ?, custom_used = ?, paused_until = ?,
                day_closed_until = ?, updated_at = ?
            WHERE fingerprint = ?
            """;

    // As State.at and State.plus do it, where no window has to be looked at; a pause, a closed day and a boundary
    // that is not counted yet are left to them. Its last clock is read when the row was had.
    private static final String COUNT = """
            UPDATE alpha_budget b
            SET utc_used = CASE WHEN b.utc_day - now.utc BETWEEN 0 AND 1 THEN b.utc_used ELSE 0 END + now.permits,
                utc_day = CASE WHEN b.utc_day - now.utc BETWEEN 0 AND 1 THEN b.utc_day ELSE now.utc END,
                eastern_used = CASE WHEN b.eastern_day - now.eastern BETWEEN 0 AND 1 THEN b.eastern_used ELSE 0 END
                    + now.permits,
                eastern_day = CASE WHEN b.eastern_day - now.eastern BETWEEN 0 AND 1 THEN b.eastern_day ELSE now.eastern END,
                custom_used = CASE WHEN b.custom_minute IS NULL THEN 0
                    WHEN b.custom_day - (now.wall - make_interval(mins => b.custom_minute))::date BETWEEN 0 AND 1
                    THEN b.custom_used + now.permits ELSE now.permits END,
                custom_day = CASE
                    WHEN b.custom_day - (now.wall - make_interval(mins => b.custom_minute))::date BETWEEN 0 AND 1
                    THEN b.custom_day ELSE (now.wall - make_interval(mins => b.custom_minute))::date END,
                updated_at = clock_timestamp()
            FROM (SELECT (at AT TIME ZONE 'UTC')::date, (at AT TIME ZONE 'America/New_York')::date,
                         at AT TIME ZONE 'UTC', at, ?::integer, ?::integer
                  FROM clock_timestamp() AS clock (at)) AS now (utc, eastern, wall, at, permits, custom_minute)
            WHERE b.fingerprint = ? AND (b.paused_until IS NULL OR b.paused_until <= now.at)
              AND (b.day_closed_until IS NULL OR b.day_closed_until <= now.at)
              AND (now.custom_minute IS NULL OR b.custom_minute = now.custom_minute)
            RETURNING clock_timestamp() AS now
            """;

    /**
     * The line and the database's clock.
     *
     * @param queued how long the line was waited for
     */
    record Held(State state, Instant now, Duration queued) {}

    /** What to do with a held line: the state to store, null for leaving it as it is, and what to return. */
    record Then<T>(State state, T result) {}

    /** Holds the line while it is decided what becomes of it, making it first where there is none. */
    <T> T change(Transactions transactions, String fingerprint, Function<Held, Then<T>> decision) {
        Transactions.Binder key = s -> s.setString(1, fingerprint);
        Function<Optional<Held>, Next<Optional<T>>> next =
                held -> held.map(h -> next(fingerprint, h, decision.apply(h)))
                        .orElseGet(() -> new Next<>(null, null, Optional.empty()));
        Optional<T> result = transactions.readThenWrite(HOLD, key, BudgetRow::one, next);
        if (result.isPresent()) {
            return result.get();
        }
        transactions.update(INSERT, key);
        return transactions.readThenWrite(HOLD, key, BudgetRow::one, next).orElseThrow();
    }

    private static <T> Next<Optional<T>> next(String fingerprint, Held held, Then<T> then) {
        Optional<T> result = Optional.of(then.result());
        if (then.state() == null || then.state().equals(held.state())) {
            return new Next<>(null, null, result);
        }
        return new Next<>(STORE, s -> store(s, fingerprint, then.state(), held.now()), result);
    }

    /**
     * Counts more requests of today, in a transaction of its own.
     *
     * @return when; empty where there is no line yet, or one that has to be looked at
     */
    Optional<Instant> count(Transactions transactions, String fingerprint, AllowanceDay day, int permits) {
        return transactions.single(
                COUNT,
                s -> {
                    s.setInt(1, permits);
                    s.setObject(2, day.custom().map(Boundary::minute).orElse(null), Types.INTEGER);
                    s.setString(3, fingerprint);
                },
                s -> {
                    try (ResultSet r = s.getResultSet()) {
                        return r.next() ? Optional.of(Instants.get(r, "now")) : Optional.empty();
                    }
                });
    }

    /** Locks nothing; a line that is not there reads as one that was never used. */
    Held read(Transactions transactions, String fingerprint) {
        return transactions
                .single(READ, s -> s.setString(1, fingerprint), BudgetRow::one)
                .orElseThrow();
    }

    private static void store(PreparedStatement s, String fingerprint, State state, Instant now) throws SQLException {
        ArrayLiteral instants = new ArrayLiteral();
        ArrayLiteral counts = new ArrayLiteral();
        int fresh = 0;
        for (Block block : state.recent()) {
            if (block.at().equals(now)) {
                fresh++;
            } else {
                instants.add(block.at());
            }
            counts.add(block.count());
        }
        DayCount custom = state.custom();
        s.setString(1, instants.toString());
        s.setInt(2, fresh);
        s.setString(3, counts.toString());
        s.setObject(4, state.utc().day());
        s.setInt(5, state.utc().used());
        s.setObject(6, state.eastern().day());
        s.setInt(7, state.eastern().used());
        s.setObject(8, custom == null ? null : custom.boundary().minute(), Types.INTEGER);
        s.setObject(9, custom == null ? null : custom.day(), Types.DATE);
        s.setInt(10, custom == null ? 0 : custom.used());
        Instants.set(s, 11, state.pausedUntil());
        Instants.set(s, 12, state.dayClosedUntil());
        Instants.set(s, 13, now);
        s.setString(14, fingerprint);
    }

    private static Optional<Held> one(PreparedStatement statement) throws SQLException {
        try (ResultSet r = statement.getResultSet()) {
            return r.next() ? Optional.of(held(r)) : Optional.empty();
        }
    }

    private static Held held(ResultSet r) throws SQLException {
        Instant now = Instants.get(r, "now");
        Duration queued = Duration.between(Instants.get(r, "asked"), now);
        LocalDate utcDay = r.getObject("utc_day", LocalDate.class);
        if (utcDay == null) {
            return new Held(State.fresh(now), now, queued);
        }
        int minute = r.getInt("custom_minute");
        DayCount custom = r.wasNull()
                ? null
                : new DayCount(
                        new Boundary(Boundary.UTC.zone(), minute),
                        r.getObject("custom_day", LocalDate.class),
                        r.getInt("custom_used"));
        State state = new State(
                blocks(r),
                new DayCount(Boundary.UTC, utcDay, r.getInt("utc_used")),
                new DayCount(Boundary.EASTERN, r.getObject("eastern_day", LocalDate.class), r.getInt("eastern_used")),
                custom,
                Instants.get(r, "paused_until"),
                Instants.get(r, "day_closed_until"));
        return new Held(state, now, queued);
    }

    private static List<Block> blocks(ResultSet r) throws SQLException {
        Timestamp[] instants = (Timestamp[]) r.getArray("recent").getArray();
        Integer[] counts = (Integer[]) r.getArray("recent_count").getArray();
        List<Block> blocks = new ArrayList<>(instants.length);
        for (int i = 0; i < instants.length; i++) {
            // A program of before V006 may be under way still: it knows single requests only.
            blocks.add(new Block(instants[i].toInstant(), i < counts.length ? counts[i] : 1));
        }
        return blocks;
    }
}
