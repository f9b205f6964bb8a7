package io.alphakeep.ledger;

import io.alphakeep.db.Instants;
import io.alphakeep.db.Transactions;
import io.alphakeep.market.Series;
import java.time.Duration;
import java.time.Instant;

/**
 * Who works on a series. A lease is held by a run until it answers, fails or releases the series, or the lease expires by
 * the database's clock; runs that were started together thereby share the work and never ask the same thing twice.
 */
public final class Leases {

    // The condition is checked with the row locked: of several runs that claim it at once, the first one wins.
    private static final String LEASE = """
            INSERT INTO alpha_watermark AS w (ticker, endpoint, api_function, lease_run, lease_until)
            VALUES (?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond')
            ON CONFLICT (ticker, endpoint) DO UPDATE
            SET lease_run = EXCLUDED.lease_run, lease_until = EXCLUDED.lease_until
            WHERE (w.lease_until IS NULL OR w.lease_until <= clock_timestamp())
              AND w.last_attempt_at IS NOT DISTINCT FROM ?::timestamptz
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

    /**
     * Claims the series for this run, unless somebody (this run too) holds an unexpired lease of it, or it was asked since
     * the plan was made.
     *
     * @param leaseTime          how long the claim holds without {@link #renew}
     * @param planSawLastAttempt the watermark's {@code lastAttemptAt} that the plan was made from; null = never asked
     * @return whether the series is this run's now
     */
    public boolean lease(Series series, long run, Duration leaseTime, Instant planSawLastAttempt) {
        return transactions.update(LEASE, s -> {
                    s.setString(1, series.symbol().text());
                    s.setString(2, series.endpoint());
                    s.setString(3, series.function());
                    s.setLong(4, run);
                    s.setLong(5, leaseTime.toMillis());
                    Instants.set(s, 6, planSawLastAttempt);
                })
                > 0;
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
