package io.alphakeep.trigger;

import io.alphakeep.observe.Metrics;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** The schedule by which the database is looked at for the gauges; a scrape never asks it. */
@ApplicationScoped
class Watch {

    private final Metrics metrics;

    Watch(Metrics metrics) {
        this.metrics = metrics;
    }

    @Scheduled(
            identity = "sample",
            every = "${alphakeep.metrics.sample-seconds}s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sample() {
        metrics.sample();
    }

    /** Often: it asks nobody, and who waits for a connection does not wait long. */
    @Scheduled(identity = "pool", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void pool() {
        metrics.fitPool();
    }
}
