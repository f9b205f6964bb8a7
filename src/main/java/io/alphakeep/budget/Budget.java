package io.alphakeep.budget;

import io.alphakeep.db.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Reserves requests of a key before they go out. Each call is one short transaction that holds the key's row; the clock
 * is the database's, read while the row is held. Safe for use by several threads, processes and machines.
 *
 * <p>Lowering a limit takes effect at once; copies that run with different limits for the same key each keep their own.
 */
public final class Budget {

    /** After a pause the askers come back within this much of its end, or within a tenth of it when it is longer. */
    private static final Duration SPREAD = Duration.ofMillis(500);

    private final Transactions transactions;
    private final Transactions unwaited;
    private final BudgetRow row = new BudgetRow();

    private final LongSupplier nanoTime;

    public Budget(Transactions transactions) {
        this(transactions, System::nanoTime);
    }

    Budget(Transactions transactions, LongSupplier nanoTime) {
        this.transactions = transactions;
        this.unwaited = transactions.asynchronous();
        this.nanoTime = nanoTime;
    }

    /** {@link #reserve(String, Limits, int, List)} of one request. */
    public Reservation reserve(String fingerprint, Limits limits) {
        return reserve(fingerprint, limits, 1, List.of());
    }

    /**
     * Reserves requests, or says when to ask again; never waits for the allowance itself. With no limits at all it grants,
     * and counts the day.
     *
     * @param fingerprint stands for the API key, and is not the key
     * @param wanted      how many at most, 1 or more; as many as there is room for are granted
     * @param unsent      when permits were reserved that are given back to their days, in the same transaction
     * @throws io.alphakeep.db.DatabaseException the database refused or is gone; whether anything was given back then is not known
     */
    public Reservation reserve(String fingerprint, Limits limits, int wanted, List<Instant> unsent) {
        if (limits.isNone() && unsent.isEmpty()) {
            // Nothing of ours can be overspent then. The count, which a copy with a day's limit for the same key reads
            // too, may be behind by what a crash of the server takes back.
            Optional<Instant> counted = row.count(unwaited, fingerprint, limits.day(), wanted);
            if (counted.isPresent()) {
                return new Reservation.Granted(counted.get(), wanted, Duration.ZERO, nanoTime.getAsLong());
            }
        }
        return row.change(transactions, fingerprint, held -> {
            Allowance.Decision decision = Allowance.decide(held.state(), limits, wanted, unsent, held.now());
            return new BudgetRow.Then<>(decision.state(), reservation(decision, held));
        });
    }

    /** Gives permits back to their days that were never sent. */
    void giveBack(String fingerprint, Limits limits, List<Instant> unsent) {
        row.change(
                transactions,
                fingerprint,
                held -> new BudgetRow.Then<>(
                        held.state().at(held.now(), limits.day()).without(unsent), true));
    }

    /**
     * A request whose way may have taken longer than the windows allow for has arrived by now: it holds its place in them from
     * now on, since it may have come just before its answer, and counts on a day that has begun meanwhile, too. Opening a
     * connection takes name look-up, TCP and TLS, half a second to a server far away, and a process's first requests are slow.
     *
     * @param permitted when it was reserved
     */
    public void arrived(String fingerprint, Limits limits, Instant permitted) {
        if (!limits.isNone()) {
            row.change(
                    transactions,
                    fingerprint,
                    held -> new BudgetRow.Then<>(
                            held.state().at(held.now(), limits.day()).arrived(permitted, held.now(), limits), true));
        }
    }

    /**
     * Nobody asks with this key for a while; a pause that is already longer stays.
     *
     * @param duration more than 0; longer than an hour counts as an hour
     */
    public void pause(String fingerprint, Limits limits, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("a pause must be longer than 0, but is " + duration);
        }
        Duration bounded = duration.compareTo(State.MAX_PAUSE) > 0 ? State.MAX_PAUSE : duration;
        row.change(
                transactions,
                fingerprint,
                held -> new BudgetRow.Then<>(
                        held.state()
                                .at(held.now(), limits.day())
                                .paused(held.now().plus(bounded)),
                        true));
    }

    /**
     * The provider says that the day is spent: nobody asks before it is over, in both zones where both are counted.
     *
     * @param permitted when the request was reserved that was refused: it is its day that is spent, which may be over by now
     */
    public void closeDay(String fingerprint, Limits limits, Instant permitted) {
        row.change(transactions, fingerprint, held -> {
            State state = held.state().at(held.now(), limits.day());
            Instant end = limits.day().endOf(permitted);
            return new BudgetRow.Then<>(end.isAfter(held.now()) ? state.dayClosed(end) : state, true);
        });
    }

    /** How the allowance stands now; for a key that was never used too. Takes no lock and writes nothing. */
    public Usage usage(String fingerprint, Limits limits) {
        BudgetRow.Held held = row.read(transactions, fingerprint);
        return Usage.of(held.state(), limits, held.now());
    }

    private Reservation reservation(Allowance.Decision decision, BudgetRow.Held held) {
        Instant now = held.now();
        if (decision instanceof Allowance.Wait wait) {
            Duration in = Duration.between(now, wait.until());
            Duration waited = wait.reason() == Reservation.Reason.PAUSE ? in.plus(spread(in)) : in;
            return new Reservation.Wait(now.plus(waited), waited, wait.reason());
        }
        if (decision instanceof Allowance.DaySpent spent) {
            return new Reservation.DaySpent(spent.until(), Duration.between(now, spent.until()));
        }
        return new Reservation.Granted(
                now, ((Allowance.Granted) decision).permits(), held.queued(), nanoTime.getAsLong());
    }

    /** Without it all copies would come back in the same millisecond; a plan without windows would let them all through. */
    private static Duration spread(Duration pause) {
        long most = Math.max(SPREAD.toMillis(), pause.toMillis() / 10);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most + 1));
    }
}
