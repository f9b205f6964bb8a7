package io.alphakeep.trigger;

import io.alphakeep.observe.Metrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The schedule by which the database is looked at for the gauges; a scrape never asks it. */
@ApplicationScoped
class Watch {

    private final Metrics metrics;
    private final Scheduler scheduler;

    Watch(Metrics metrics, Scheduler scheduler) {
        this.metrics = metrics;
        this.scheduler = scheduler;
    }

    /** What fired while the process ends would find nothing of it there, and be told as an error. */
    void onStop(@Observes ShutdownEvent event) {
        if (scheduler.isRunning()) {
            scheduler.pause();
        }
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
