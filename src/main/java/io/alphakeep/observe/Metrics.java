package io.alphakeep.observe;

import io.alphakeep.advise.seen.HostMachine;
import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.config.Schedule;
import io.alphakeep.db.Transactions;
import io.alphakeep.pool.PoolKeeper;
import io.alphakeep.run.Engine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What a process that stays tells of itself and of the warehouse. Nothing of it is made before the process begins to serve, so
 * that other verbs pay nothing for it.
 */
@ApplicationScoped
public class Metrics {

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);

    /** A server that says nothing for so long does not end its statement itself. */
    private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(8);

    /** Sizes are read under a lock that somebody who alters a table keeps away; then they are read the next time. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);

    private final Engine engine;
    private final AlphakeepConfig config;
    private final Instance<MeterRegistry> registry;
    private final PoolKeeper pool;
    private final boolean listens;
    private final Optional<Integer> ceiling;
    private final AtomicInteger mostWaiting = new AtomicInteger();
    private volatile Sampler sampler;
    private volatile RunMeters runs;

    /**
     * @param listens false for every verb that nobody can scrape
     * @param ceiling what the pool is made with
     */
    Metrics(
            Engine engine,
            AlphakeepConfig config,
            Instance<MeterRegistry> registry,
            PoolKeeper pool,
            @ConfigProperty(name = "quarkus.http.host-enabled") boolean listens,
            @ConfigProperty(name = "quarkus.datasource.jdbc.max-size") Optional<Integer> ceiling) {
        this.ceiling = ceiling;
        this.listens = listens;
        this.engine = engine;
        this.config = config;
        this.registry = registry;
        this.pool = pool;
    }

    void onStart(@Observes StartupEvent event) {
        if (listens) {
            engine.serving().beforeOpen(this::open);
        }
    }

    void onStop(@Observes ShutdownEvent event) {
        if (sampler != null) {
            sampler.end();
        }
    }

    /** Looks at the database for what is due of the gauges; nothing before the process serves. */
    public void sample() {
        if (sampler != null) {
            sampler.sample();
        }
    }

    /** Fits the pool of connections to the work under way; nothing before the process serves. */
    public void fitPool() {
        if (runs != null) {
            mostWaiting.accumulateAndGet(waiting(), Math::max);
            pool.look(runs.requestsAhead());
        }
    }

    /** As the pool itself has it. */
    private int waiting() {
        Gauge waiting = registry.get().find("agroal.awaiting.count").gauge();
        return waiting == null ? 0 : (int) waiting.value();
    }

    /** The first look is over when the process becomes ready. */
    private void open() {
        Meters meters = new Meters(registry.get());
        meters.set(List.of(Meter.BUILD_INFO), List.of(Sample.of(Meter.BUILD_INFO, 1, engine.version())));
        runs = new RunMeters(meters);
        engine.serving().listener(runs);
        pool.begin(engine.clock(), reason -> meters.count(Meter.POOL_CHANGES_TOTAL, 1, reason.word()));
        Sampler first = new Sampler(
                meters, engine.clock(), Duration.ofSeconds(config.metrics().sampleSeconds()), looks());
        first.sample();
        sampler = first;
    }

    private List<Look> looks() {
        Transactions transactions = engine.transactions()
                .withStatementTimeout(STATEMENT_TIMEOUT)
                .withLockTimeout(LOCK_TIMEOUT)
                .withNetworkTimeout(NETWORK_TIMEOUT);
        List<Look> looks = new ArrayList<>();
        looks.addAll(new LedgerLooks(transactions).all());
        looks.addAll(new WarehouseLooks(transactions, engine).all());
        looks.addAll(new TableLooks(transactions, pool::server).all());
        looks.add(new AdviceLook(
                        transactions,
                        HostMachine.behind(
                                DatabaseUrl.parse(config.database().url().orElseThrow())))
                .look());
        looks.add(new Look(
                "process",
                List.of(
                        Meter.SCHEDULE_INTERVAL_SECONDS,
                        Meter.POOL_SIZE,
                        Meter.POOL_FLOOR,
                        Meter.POOL_CEILING,
                        Meter.POOL_WAITING),
                this::process));
        return looks;
    }

    private List<Sample> process() {
        List<Sample> found = new ArrayList<>();
        interval(config.ingest().cron())
                .ifPresent(s -> found.add(Sample.of(Meter.SCHEDULE_INTERVAL_SECONDS, s, "ingest")));
        interval(config.maintain().cron())
                .ifPresent(s -> found.add(Sample.of(Meter.SCHEDULE_INTERVAL_SECONDS, s, "maintain")));
        found.add(Sample.of(Meter.POOL_SIZE, pool.size()));
        found.add(Sample.of(Meter.POOL_FLOOR, pool.floor()));
        ceiling.ifPresent(most -> found.add(Sample.of(Meter.POOL_CEILING, most)));
        found.add(Sample.of(Meter.POOL_WAITING, mostWaiting.getAndSet(waiting())));
        return found;
    }

    private Optional<Double> interval(String cron) {
        return Schedule.of(cron, config.cron().zone())
                .flatMap(schedule -> schedule.interval(engine.clock().instant()))
                .map(interval -> (double) interval.toSeconds());
    }
}
