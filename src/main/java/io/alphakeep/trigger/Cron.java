package io.alphakeep.trigger;

import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.config.Schedule;
import io.alphakeep.run.Engine;
import io.alphakeep.run.Serving;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** The schedules. The framework's scheduler runs only where something is served. */
@ApplicationScoped
class Cron {

    private final Job ingest;
    private final Job maintain;

    Cron(Engine engine, AlphakeepConfig config) {
        Serving serving = engine.serving();
        String zone = config.cron().zone();
        this.ingest = new Job(
                "ingest",
                Schedule.of(config.ingest().cron(), zone),
                engine.clock(),
                () -> serving.state() == Serving.State.OPEN,
                serving::ingest);
        this.maintain = new Job(
                "maintain",
                Schedule.of(config.maintain().cron(), zone),
                engine.clock(),
                () -> serving.state() == Serving.State.OPEN,
                serving::maintain);
    }

    @Scheduled(
            identity = "ingest",
            cron = "{alphakeep.ingest.cron}",
            timeZone = "{alphakeep.cron.zone}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void ingest() {
        ingest.look();
    }

    @Scheduled(
            identity = "maintain",
            cron = "{alphakeep.maintain.cron}",
            timeZone = "{alphakeep.cron.zone}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void maintain() {
        maintain.look();
    }

    /** What was missed, or could not be begun. */
    @Scheduled(identity = "owed", every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void owed() {
        ingest.look();
        maintain.look();
    }
}
