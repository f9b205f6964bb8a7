package io.alphakeep.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another process does, which nothing in this one can be told of: bounded, and by a named condition. */
public final class Await {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /**
     * Returns as soon as the condition holds; while it throws it does not hold.
     *
     * @throws AssertionError that names the condition, when it does not hold in time
     */
    public static void until(String condition, Duration timeout, Callable<Boolean> holds) {
        long end = System.nanoTime() + timeout.toNanos();
        Exception last = null;
        do {
            try {
                if (holds.call()) {
                    return;
                }
                last = null;
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(POLL_NANOS);
        } while (System.nanoTime() < end);
        throw new AssertionError("not within " + timeout.toSeconds() + " s: " + condition, last);
    }
}
