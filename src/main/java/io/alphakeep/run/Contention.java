package io.alphakeep.run;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.SqlState;
import io.alphakeep.fetch.StoppedException;
import java.time.Duration;
import java.util.function.Supplier;

/** A transaction that another one was in the way of is tried again, bounded and spread; the request is not. */
final class Contention {

    private static final int ATTEMPTS = 4;

    private static final RetryPolicy<Object> POLICY = RetryPolicy.builder()
            .handleIf(Contention::is)
            .withMaxAttempts(ATTEMPTS)
            .withBackoff(Duration.ofMillis(50), Duration.ofSeconds(2), 3)
            .withJitter(Asker.SPREAD)
            .build();

    private Contention() {}

    static boolean is(Throwable trouble) {
        return trouble instanceof DatabaseException d && d.kind() == SqlState.CONTENTION;
    }

    /**
     * @throws DatabaseException of the last try
     * @throws StoppedException when the run is being stopped
     */
    static <T> T repeated(Supplier<T> transaction) {
        try {
            return Failsafe.with(POLICY).get(transaction::get);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new StoppedException();
            }
            throw e;
        }
    }
}
