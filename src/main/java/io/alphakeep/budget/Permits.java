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
    private int out;
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
     * A permit, or why there is none; waits for the database only, and on a spent day for the permits that are out: one that
     * comes back unsent is used by who asks here, or the run would end with a request of the day left. Each permit is given
     * back by {@link #release}.
     *
     * @throws DatabaseException as {@link Budget#reserve} does
     */
    public Turn acquire() throws InterruptedException {
        Turn turn = ask();
        while (turn.refused() instanceof Reservation.DaySpent && cameBack()) {
            turn = ask();
        }
        return turn;
    }

    /** Whether a permit came back unsent; waits for that while any is out. */
    private boolean cameBack() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (out > 0 && unsent.isEmpty()) {
                changed.await();
            }
            return !unsent.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private Turn ask() throws InterruptedException {
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
                out++;
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
                out++;
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
        if (limits.isNone()) {
            return new Permit(granted.at(), asked, Long.MAX_VALUE, nanoTime);
        }
        // By the database's clock, which may have been set meanwhile: no more than what has passed here.
        long passed = granted.decidedNanos() - asked;
        long queued = Math.max(0, Math.min(granted.queued().toNanos(), passed));
        long tillDaysEnd = Allowance.BEFORE_DAYS_END.minus(Allowance.WAY).toNanos() - (passed - queued);
        long valid = Math.min(Allowance.VALID.toNanos(), tillDaysEnd);
        return new Permit(granted.at(), granted.decidedNanos(), valid, nanoTime);
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

    /** Nothing is sent on this permit any more; one that was used and sent stays spent. */
    public void release(Permit permit) {
        lock.lock();
        try {
            withdraw(permit);
            out--;
            changed.signalAll();
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
