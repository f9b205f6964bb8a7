package io.alphakeep.pool;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * The one class that touches Agroal: the pool's knobs, by the attributes that Agroal lets change while it works. Threads that wait already do not see a raised
 * maximum, only connections that come: they are filled up to the minimum at once. Its counters are never reset.
 */
@Singleton
final class Pool {

    private final Supplier<AgroalDataSource> source;

    /** The source is not asked for before it is used: verbs that need no database have none. */
    @Inject
    Pool(Instance<AgroalDataSource> source) {
        this(source::get);
    }

    Pool(Supplier<AgroalDataSource> source) {
        this.source = source;
    }

    int size() {
        return configuration().maxSize();
    }

    /** Connections that it has, in use or not. */
    int held() {
        return Math.toIntExact(source.get().getMetrics().activeCount()
                + source.get().getMetrics().availableCount());
    }

    /** Both as {@link PoolSample} has them. */
    PoolSample sample(int workload, int room) {
        return new PoolSample(
                size(),
                Math.toIntExact(source.get().getMetrics().activeCount()),
                Math.toIntExact(source.get().getMetrics().awaitingCount()),
                workload,
                room);
    }

    /** Makes room, and connections for those who wait. */
    void raise(int size, int waiting) {
        configuration().setMaxSize(size);
        bring(waiting);
    }

    /** Connections for those who wait, as far as the size goes: who waits already makes none. */
    void bring(int waiting) {
        if (waiting > 0) {
            configuration()
                    .setMinSize(Math.min(
                            size(), Math.toIntExact(source.get().getMetrics().activeCount()) + waiting));
            source.get().flush(FlushMode.FILL);
        }
    }

    /** Connections in use above it end when they are given back, those that are idle now. The minimum is never above the maximum. */
    void lower(int size) {
        configuration().setMinSize(0);
        configuration().setMaxSize(size);
        source.get().flush(FlushMode.IDLE);
    }

    private AgroalConnectionPoolConfiguration configuration() {
        return source.get().getConfiguration().connectionPoolConfiguration();
    }
}
