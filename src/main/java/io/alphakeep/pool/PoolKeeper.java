package io.alphakeep.pool;

import io.alphakeep.config.AlphakeepConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Keeps the pool of a process that stays at a size that fits its work and its server; every change is told. */
@ApplicationScoped
public class PoolKeeper {

    /** Beside one run's workers: its allowance and leases, a pass of maintenance, answers by HTTP. */
    private static final int BESIDE_A_RUN = 8;

    private static final Logger LOG = Logger.getLogger(PoolKeeper.class);

    private final Pool pool;
    private final String name;
    private final int workers;
    private PoolPolicy policy;
    private PoolPolicy.Memory memory = PoolPolicy.Memory.NONE;
    private int room = Integer.MAX_VALUE;
    private Clock clock;
    private Consumer<PoolReason> hears;

    @Inject
    PoolKeeper(AlphakeepConfig config, Pool pool) {
        this(pool, config.pool().policy(), config.run().workers());
    }

    PoolKeeper(Pool pool, String policy, int workers) {
        this.pool = pool;
        this.name = policy;
        this.workers = workers;
    }

    /**
     * From now on the size is kept; the most that it may be is what the pool was made with.
     *
     * @param listener hears of each change's reason; does no I/O
     */
    public synchronized void begin(Clock clock, Consumer<PoolReason> listener) {
        this.clock = clock;
        hears = listener;
        int ceiling = pool.size();
        PoolBounds bounds = new PoolBounds(Math.min(ceiling, workers + BESIDE_A_RUN), ceiling);
        policy = PoolPolicy.named(name, bounds);
        if (!"fixed".equals(name) && bounds.floor() < ceiling) {
            change(pool.sample(0, room), bounds.floor(), PoolReason.START);
        }
    }

    /**
     * What the server has for this process.
     *
     * @param limit  the most connections that it allows roles like ours
     * @param connections that it has, ours too
     */
    public synchronized void server(int limit, int connections) {
        if (policy != null) {
            room = PoolPolicy.room(limit, connections, pool.held(), pool.size());
        }
    }

    /** The most connections that the pool may hold now; 0 before it begins. */
    public synchronized int size() {
        return policy == null ? 0 : pool.size();
    }

    /** The least that it is ever made to hold; 0 before it begins. */
    public synchronized int floor() {
        return policy == null ? 0 : policy.bounds().floor();
    }

    /**
     * Looks at the pool, and changes it where the policy says so; nothing before it begins.
     *
     * @param workload planned requests of the runs under way that are not over
     */
    public synchronized void look(int workload) {
        if (policy == null) {
            return;
        }
        PoolSample sample = pool.sample(workload, room);
        PoolPolicy.Decision decision = policy.decide(sample, memory, clock.instant());
        memory = decision.memory();
        if (decision.reason().isPresent()) {
            change(sample, decision.size(), decision.reason().get());
        } else {
            // The size has been reached, or connections could not be made when it was raised.
            pool.bring(sample.waiting());
        }
    }

    private void change(PoolSample from, int size, PoolReason reason) {
        if (size > from.size()) {
            pool.raise(size, from.waiting());
        } else {
            pool.lower(size);
        }
        LOG.infof(
                "pool of connections from %d to %d: %s (%d in use, %d waiting, room for %s)",
                from.size(),
                size,
                reason.words(),
                from.active(),
                from.waiting(),
                room == Integer.MAX_VALUE ? "any" : room);
        hears.accept(reason);
    }
}
