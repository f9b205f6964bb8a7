package io.alphakeep.ledger;

import io.alphakeep.db.Instants;
import io.alphakeep.db.Transactions;
import io.alphakeep.market.Series;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Who works on a series. A lease is held by a run until it answers, fails or releases the series, or the lease expires by
 * the database's clock; runs that were started together thereby share the work and never ask the same thing twice.
 */
public final class Leases {

    // Nobody waits for a row that somebody else's transaction holds, however long that takes: he has the series. The
    // condition is checked with the row locked: of several runs that claim it at once, the first one wins.
    private static final String LEASE = """
            WITH free AS MATERIALIZED (
                SELECT ticker, endpoint FROM alpha_watermark
                WHERE ticker = ? AND endpoint = ? AND (lease_until IS NULL OR lease_until <= clock_timestamp())
                  AND last_attempt_at IS NOT DISTINCT FROM ?::timestamptz
                FOR UPDATE SKIP LOCKED
            ), taken AS (
                UPDATE alpha_watermark w
                SET lease_run = ?, lease_until = clock_timestamp() + ? * interval '1 millisecond'
                FROM free
                WHERE w.ticker = free.ticker AND w.endpoint = free.endpoint
                RETURNING w.ticker
            ), made AS (
                INSERT INTO alpha_watermark (ticker, endpoint, api_function, lease_run, lease_until)
                SELECT ?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond'
                WHERE NOT EXISTS (SELECT FROM alpha_watermark WHERE ticker = ? AND endpoint = ?)
                ON CONFLICT (ticker, endpoint) DO NOTHING
                RETURNING ticker
            )
            SELECT CASE
                WHEN EXISTS (SELECT FROM taken) OR EXISTS (SELECT FROM made) THEN 'OURS'
                WHEN EXISTS (SELECT FROM alpha_watermark
                             WHERE ticker = ? AND endpoint = ? AND last_attempt_at IS DISTINCT FROM ?::timestamptz)
                THEN 'ASKED'
                ELSE 'HELD' END
            """;

    private static final String HELD = """
            SELECT w.ticker, w.endpoint, w.api_function, w.lease_until,
                   ceil(extract(epoch FROM w.lease_until - clock_timestamp()) * 1000)::bigint AS millis
            FROM unnest(?::text[], ?::text[]) AS wanted (ticker, endpoint)
            JOIN alpha_watermark w USING (ticker, endpoint)
            WHERE w.lease_until > clock_timestamp()
            """;

    private static final String RENEW = """
            UPDATE alpha_watermark
            SET lease_until = clock_timestamp() + ? * interval '1 millisecond'
            WHERE ticker = ? AND endpoint = ? AND lease_run = ?
            """;

    private static final String RELEASE = """
            UPDATE alpha_watermark SET lease_run = NULL, lease_until = NULL
            WHERE ticker = ? AND endpoint = ? AND lease_run = ?
            """;

    private static final String RELEASE_ALL =
            "UPDATE alpha_watermark SET lease_run = NULL, lease_until = NULL WHERE lease_run = ?";

    private final Transactions transactions;

    /**
     * Their commits do not wait for the disk: a crash of the server ends the connections, and at worst a series is asked twice,
     * of which one answer is stored.
     */
    public Leases(Transactions transactions) {
        this.transactions = transactions.asynchronous();
    }

    /** What came of claiming a series. */
    public enum Claim {
        /** It is this run's now. */
        OURS,
        /** It was asked since the plan was made. */
        ASKED,
        /** Somebody (this run too) has an unexpired lease of it, or its row in a transaction that is not over. */
        HELD
    }

    /**
     * Somebody's lease.
     *
     * @param until by the database's clock; later than before when it was renewed
     * @param left  until then
     */
    public record Lease(Instant until, Duration left) {}

    /**
     * Claims the series for this run; never waits for another run.
     *
     * @param leaseTime          how long the claim holds without {@link #renew}
     * @param planSawLastAttempt the watermark's {@code lastAttemptAt} that the plan was made from; null = never asked
     */
    public Claim lease(Series series, long run, Duration leaseTime, Instant planSawLastAttempt) {
        String ticker = series.symbol().text();
        String endpoint = series.endpoint();
        return transactions.single(
                LEASE,
                s -> {
                    s.setString(1, ticker);
                    s.setString(2, endpoint);
                    Instants.set(s, 3, planSawLastAttempt);
                    s.setLong(4, run);
                    s.setLong(5, leaseTime.toMillis());
                    s.setString(6, ticker);
                    s.setString(7, endpoint);
                    s.setString(8, series.function());
                    s.setLong(9, run);
                    s.setLong(10, leaseTime.toMillis());
                    s.setString(11, ticker);
                    s.setString(12, endpoint);
                    s.setString(13, ticker);
                    s.setString(14, endpoint);
                    Instants.set(s, 15, planSawLastAttempt);
                },
                s -> {
                    try (ResultSet claim = s.getResultSet()) {
                        claim.next();
                        return Claim.valueOf(claim.getString(1));
                    }
                });
    }

    /** The unexpired leases of these series, whoever has them. */
    public Map<Series, Lease> held(Collection<Series> series) {
        SeriesKeys keys = SeriesKeys.of(series);
        return transactions.single(
                HELD,
                s -> {
                    s.setString(1, keys.tickers());
                    s.setString(2, keys.endpoints());
                },
                s -> {
                    Map<Series, Lease> held = new HashMap<>();
                    try (ResultSet r = s.getResultSet()) {
                        while (r.next()) {
                            held.put(
                                    SeriesKeys.read(r),
                                    new Lease(Instants.get(r, "lease_until"), Duration.ofMillis(r.getLong("millis"))));
                        }
                    }
                    return held;
                });
    }

    /**
     * Makes this run's lease last so long from now; also one that has expired, when nobody has taken the series over.
     *
     * @return false when the lease is no longer this run's: stop working on the series
     */
    public boolean renew(Series series, long run, Duration leaseTime) {
        return transactions.update(RENEW, s -> {
                    s.setLong(1, leaseTime.toMillis());
                    s.setString(2, series.symbol().text());
                    s.setString(3, series.endpoint());
                    s.setLong(4, run);
                })
                > 0;
    }

    /** Gives the series back unasked; does nothing when this run does not hold it. */
    public void release(Series series, long run) {
        transactions.update(RELEASE, s -> {
            s.setString(1, series.symbol().text());
            s.setString(2, series.endpoint());
            s.setLong(3, run);
        });
    }

    /** Gives back all that the run holds, at its end. */
    public void releaseAll(long run) {
        transactions.update(RELEASE_ALL, s -> s.setLong(1, run));
    }
}
