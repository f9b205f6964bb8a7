package io.alphakeep.budget;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** One request may be sent, once and soon: what is sent later could arrive in a window that was not asked. Thread-safe. */
public final class Permit {

    private enum Fate {
        OPEN,
        USED,
        WITHDRAWN
    }

    private final Instant at;
    private final long bornNanos;
    private final long validNanos;
    private final LongSupplier nanoTime;
    private final AtomicReference<Fate> fate = new AtomicReference<>(Fate.OPEN);

    /**
     * @param at        of the day that it counts on; its place in the windows is of {@code bornNanos} or later
     * @param bornNanos in the time of {@code nanoTime}
     */
    Permit(Instant at, long bornNanos, long validNanos, LongSupplier nanoTime) {
        this.at = at;
        this.bornNanos = bornNanos;
        this.validNanos = validNanos;
        this.nanoTime = nanoTime;
    }

    /** To be called right before the request is sent: whether it may be. */
    public boolean use() {
        return isFresh() && fate.compareAndSet(Fate.OPEN, Fate.USED);
    }

    boolean isFresh() {
        return nanoTime.getAsLong() - bornNanos <= validNanos;
    }

    /** Whether it was not used; it can't be any more then. */
    boolean withdraw() {
        return fate.compareAndSet(Fate.OPEN, Fate.WITHDRAWN);
    }

    /** It turned out that nothing was sent on it. */
    public void neverSent() {
        fate.compareAndSet(Fate.USED, Fate.OPEN);
    }

    /** By now it has certainly arrived, and no later than the windows allow for. */
    public boolean arrivedInTime() {
        return nanoTime.getAsLong() - bornNanos <= Allowance.MARGIN.toNanos();
    }

    /** When it was reserved, by the database's clock: it counts on this day. */
    public Instant at() {
        return at;
    }
}
