package io.alphakeep.run;

import io.alphakeep.ledger.Leases;
import io.alphakeep.ledger.Runs;
import io.alphakeep.market.Series;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Renews the leases of the series that a run is working on, so that only a dead run's expire. */
final class LeaseKeeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);

    private final Leases leases;
    private final Runs runs;
    private final long run;
    private final Duration lease;
    private final Set<Series> held = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "alphakeep-leases");
        thread.setDaemon(true);
        return thread;
    });

    LeaseKeeper(Leases leases, Runs runs, long run, Duration lease) {
        this.leases = leases;
        this.runs = runs;
        this.run = run;
        this.lease = lease;
        long third = Math.max(100, lease.toMillis() / 3);
        timer.scheduleWithFixedDelay(this::renew, third, third, TimeUnit.MILLISECONDS);
    }

    void hold(Series series) {
        held.add(series);
    }

    void letGo(Series series) {
        held.remove(series);
    }

    private void renew() {
        try {
            runs.alive(run, lease);
            for (Series series : held) {
                leases.renew(series, run, lease);
            }
        } catch (RuntimeException e) {
            // A lease that is lost is noticed when its rows are committed; the database may be back by then.
            LOG.debugf(e, "leases were not renewed");
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
