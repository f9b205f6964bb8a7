package io.alphakeep.maintain.partition;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.SqlState;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Tries again, a bounded number of times with waits of uneven length, what another transaction was in the way of. */
final class Retries {

    private final RetryPolicy<Object> policy;

    /** @param stopped asked before a try is made again */
    Retries(PartitionLimits limits, BooleanSupplier stopped) {
        this.policy = RetryPolicy.builder()
                .handleIf(e ->
                        e instanceof DatabaseException d && d.kind() == SqlState.CONTENTION && !stopped.getAsBoolean())
                .withMaxAttempts(limits.tries())
                .withDelay(limits.retryDelay())
                .withJitter(0.5)
                .build();
    }

    /**
     * @throws DatabaseException     of the last try
     * @throws CancellationException when the thread was interrupted between two tries
     */
    <T> T get(Supplier<T> work) {
        try {
            return Failsafe.with(policy).get(work::get);
        } catch (FailsafeException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while a partition was made");
        }
    }
}
