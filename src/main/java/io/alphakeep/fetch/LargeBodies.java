package io.alphakeep.fetch;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One large body at a time in the whole process: each may grow to {@code max-body-bytes}, and the memory of a small host
 * holds one of them. Whoever reads another one past {@value #SMALL_BYTES} bytes waits here and does not read on, so that the
 * server is held back by TCP (the REST client asks for a next buffer only when one was taken). The wait counts
 * neither as the server's silence nor against the total timeout: given up, the request would have been spent for nothing.
 * It lasts as long as others make progress. The permit is given back when the body is closed: once it is decoded, or
 * dropped.
 */
final class LargeBodies {

    /** What any number of bodies may take at the same time. */
    static final long SMALL_BYTES = 4L * 1024 * 1024;

    /** The one of this process. */
    static final LargeBodies OF_PROCESS = new LargeBodies();

    /**
     * How many total timeouts may pass without any large body being closed before those that wait give up. One is what
     * a body may take to arrive, the rest is for decoding it on a slow host.
     */
    static final int PATIENCE = 3;

    private volatile long progressNanos = System.nanoTime();
    private final Semaphore permits = new Semaphore(1, true);

    /**
     * Waits until no other body is large.
     *
     * @return gives the permit back, once whatever how often it is called
     * @throws InterruptedException when the request was given up meanwhile
     */
    Runnable acquire() throws InterruptedException {
        permits.acquire();
        AtomicBoolean given = new AtomicBoolean();
        return () -> {
            if (given.compareAndSet(false, true)) {
                progressNanos = System.nanoTime();
                permits.release();
            }
        };
    }

    /** When a large body was closed last, in the time of {@link System#nanoTime()}. */
    long progressNanos() {
        return progressNanos;
    }

    /** No body is large now; for tests. */
    boolean isFree() {
        return permits.availablePermits() > 0;
    }

    /** How many wait; for tests. */
    int waiting() {
        return permits.getQueueLength();
    }
}
