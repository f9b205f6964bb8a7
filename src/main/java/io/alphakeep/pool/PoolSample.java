package io.alphakeep.pool;

/**
 * What the pool is at.
 *
 * @param size    the most connections that it may hold now
 * @param active  connections in use
 * @param waiting threads that wait for one
 * @param workload planned requests of the runs under way that are not over
 * @param room    the most that the server has for this pool: {@link PoolPolicy#room}
 */
public record PoolSample(int size, int active, int waiting, int workload, int room) {

    /** What is wanted at once. */
    int demand() {
        return active + waiting;
    }

    PoolSample withRoom(int other) {
        return new PoolSample(size, active, waiting, workload, other);
    }
}
