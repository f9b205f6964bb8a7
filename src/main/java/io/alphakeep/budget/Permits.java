package io.alphakeep.budget;

import io.alphakeep.db.DatabaseException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The permits of one run, for all its workers. One of them reserves at a time, for all who wait by then, so that a block is
 * as large as it is needed and hardly a permit grows too old. What was not sent goes back to the day with the next
 * reservation, or at the close; only a dead process's are lost. Thread-safe.
 */
public final class Permits implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Permits.class);

    /**
     * What was come by: one of the two.
     *
     * @param permit  null when none was to be had
     * @param refused why; else null
     */
    public record Turn(Permit permit, Reservation.Refused refused) {}

    private final Budget budget;
    private final String fingerprint;
    private final Limits limits;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Permit> spare = new ArrayDeque<>();
    private final List<Instant> unsent = new ArrayList<>();
    private int waiting;
    private boolean reserving;

    public Permits(Budget budget, String fingerprint, Limits limits) {
        this(budget, fingerprint, limits, System::nanoTime);
    }

    Permits(Budget budget, String fingerprint, Limits limits, LongSupplier nanoTime) {
        this.budget = budget;
        this.fingerprint = fingerprint;
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /**
     * A permit, or why there is none; waits for the database only.
     *
     * @throws DatabaseException as {@link Budget#reserve} does
     */
    public Turn acquire() throws InterruptedException {
        int wanted;
        List<Instant> back;
        lock.lockInterruptibly();
        waiting++;
        try {
            Permit permit = takeSpare();
            while (permit == null && reserving) {
                changed.await();
                permit = takeSpare();
            }
            if (permit != null) {
                return new Turn(permit, null);
            }
            reserving = true;
            wanted = Math.min(waiting, limits.mostPermits());
            back = List.copyOf(unsent);
            // Whether a reservation that fails was committed is not known: given back twice they would be too many.
            unsent.clear();
        } finally {
            waiting--;
            lock.unlock();
        }
        return reserve(wanted, back);
    }

    private Turn reserve(int wanted, List<Instant> back) {
        // Before the statement is sent, so that the ways there and back are part of the permits' age.
        long asked = nanoTime.getAsLong();
        Reservation reservation = null;
        try {
            reservation = budget.reserve(fingerprint, limits, wanted, back);
        } finally {
            reserved(reservation, asked);
        }
        if (reservation instanceof Reservation.Granted granted) {
            return new Turn(permit(granted, asked), null);
        }
        return new Turn(null, (Reservation.Refused) reservation);
    }

    /** @param reservation null when it failed */
    private void reserved(Reservation reservation, long asked) {
        lock.lock();
        try {
            reserving = false;
            if (reservation instanceof Reservation.Granted granted) {
                // The first one is for who reserved.
                for (int i = 1; i < granted.permits(); i++) {
                    spare.add(permit(granted, asked));
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Permit permit(Reservation.Granted granted, long asked) {
        // By the database's clock, which may have been set meanwhile: no more than what has passed here.
        long passed = nanoTime.getAsLong() - asked;
        long queued = Math.max(0, Math.min(granted.queued().toNanos(), passed));
        long valid = limits.isNone() ? Long.MAX_VALUE : Allowance.VALID.toNanos();
        return new Permit(granted.at(), asked + queued, valid, nanoTime);
    }

    private Permit takeSpare() {
        for (Permit permit = spare.poll(); permit != null; permit = spare.poll()) {
            if (permit.isFresh()) {
                return permit;
            }
            withdraw(permit);
        }
        return null;
    }

    /** Nothing is sent on this permit any more; one that was used already stays spent. */
    public void release(Permit permit) {
        lock.lock();
        try {
            withdraw(permit);
        } finally {
            lock.unlock();
        }
    }

    private void withdraw(Permit permit) {
        if (permit.withdraw()) {
            unsent.add(permit.at());
        }
    }

    /** How many wait for another one's reservation, and who is just asking. */
    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what was not sent; called when nobody acquires any more. */
    @Override
    public void close() {
        List<Instant> back;
        lock.lock();
        try {
            spare.forEach(this::withdraw);
            spare.clear();
            back = List.copyOf(unsent);
            unsent.clear();
        } finally {
            lock.unlock();
        }
        if (back.isEmpty()) {
            return;
        }
        try {
            budget.giveBack(fingerprint, limits, back);
        } catch (DatabaseException e) {
            LOG.debugf(e, "%d permits were not given back", back.size());
        }
    }
}
