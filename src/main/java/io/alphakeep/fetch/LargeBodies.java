package io.alphakeep.fetch;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One large body at a time in the whole process: each may grow to {@code max-body-bytes}, and the memory of a small host
 * holds one of them. Whoever reads another one past {@value #SMALL_BYTES} bytes waits here and does not read on, so that the
 * server is held back by TCP (the REST client asks for a next buffer only when one was taken). The wait does not count as
 * the server's silence; the total timeout bounds it together with the rest of the request. The permit is given back when
 * the body is closed: once it is decoded, or dropped.
 */
final class LargeBodies {

    /** What any number of bodies may take at the same time. */
    static final long SMALL_BYTES = 4L * 1024 * 1024;

    /** The one of this process. */
    static final LargeBodies OF_PROCESS = new LargeBodies();

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
                permits.release();
            }
        };
    }

    /** No body is large now. */
    boolean isFree() {
        return permits.availablePermits() > 0;
    }

    /** How many wait. */
    int waiting() {
        return permits.getQueueLength();
    }
}
