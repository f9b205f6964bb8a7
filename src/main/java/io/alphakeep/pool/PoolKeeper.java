package io.alphakeep.pool;

import io.agroal.api.AgroalDataSource;
import io.alphakeep.config.AlphakeepConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Keeps the pool of a process that stays at a size that fits its work and its server; every change is told. */
@ApplicationScoped
public class PoolKeeper {

    /** Beside one run's workers: its allowance and leases, a pass of maintenance, answers by HTTP. */
    private static final int BESIDE_A_RUN = 8;

    private static final Logger LOG = Logger.getLogger(PoolKeeper.class);

    private final AlphakeepConfig config;
    private final Instance<AgroalDataSource> source;
    private final Clock clock = Clock.systemUTC();
    private Steering steering;
    private int room = Integer.MAX_VALUE;
    private Consumer<PoolReason> hears = reason -> {};

    /** A pool under a policy. */
    static final class Steering {
        private final Pool pool;
        private final PoolPolicy policy;
        private PoolPolicy.Memory memory = PoolPolicy.Memory.NONE;

        Steering(Pool pool, PoolPolicy policy) {
            this.pool = pool;
            this.policy = policy;
        }

        /** Looks once, and does what the policy says; why, if anything. */
        Optional<PoolReason> step(int workload, int room, Clock clock) {
            PoolSample sample = pool.sample(workload, room);
            PoolPolicy.Decision decision = policy.decide(sample, memory, clock.instant());
            memory = decision.memory();
            decision.reason().ifPresent(reason -> {
                if (decision.size() > sample.size()) {
                    pool.raise(decision.size(), sample.waiting());
                } else {
                    pool.lower(decision.size());
                }
                LOG.infof(
                        "pool of connections from %d to %d: %s (%d in use, %d waiting, room for %d)",
                        sample.size(), decision.size(), reason.words(), sample.active(), sample.waiting(), room);
            });
            return decision.reason();
        }
    }

    PoolKeeper(AlphakeepConfig config, Instance<AgroalDataSource> source) {
        this.config = config;
        this.source = source;
    }

    /** @param listener hears of each change's reason; does no I/O */
    public synchronized void begin(Consumer<PoolReason> listener) {
        hears = listener;
        Pool pool = new Pool(source.get());
        int ceiling = pool.size();
        PoolBounds bounds = new PoolBounds(Math.min(ceiling, config.run().workers() + BESIDE_A_RUN), ceiling);
        steering = new Steering(pool, PoolPolicy.named(config.pool().policy(), bounds));
        if (!"fixed".equals(config.pool().policy())) {
            pool.lower(bounds.floor());
        }
    }

    /**
     * What the server has for this process.
     *
     * @param limit  the most connections that it allows roles like ours
     * @param connections that it has, ours too
     */
    public synchronized void server(int limit, int connections) {
        if (steering != null) {
            // A tenth is kept back for people, and what is ours is not others'.
            room = Math.max(1, limit - limit / 10 - Math.max(0, connections - steering.pool.held()));
        }
    }

    /** The most connections that the pool may hold now; 0 before it begins. */
    public synchronized int size() {
        return steering == null ? 0 : steering.pool.size();
    }

    /**
     * Looks at the pool, and changes it where the policy says so; nothing before it begins.
     *
     * @param workload planned requests of the runs under way that are not over
     */
    public synchronized void look(int workload) {
        if (steering != null) {
            steering.step(workload, room, clock).ifPresent(hears);
        }
    }
}
