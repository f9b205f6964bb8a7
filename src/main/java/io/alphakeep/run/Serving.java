package io.alphakeep.run;

import io.alphakeep.config.Failure;
import io.alphakeep.ledger.Opening;
import io.alphakeep.ledger.Openings;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import org.jboss.logging.Logger;

/**
 * What a process does that stays: runs and maintenance in the background, several at a time, until a signal comes; then what
 * is under way comes to its checkpoint, and nothing more begins.
 */
public final class Serving {

    /** The most runs at a time in one process; each has workers and database connections of its own. */
    public static final int MOST_RUNS = 4;

    /** The job whose ticks begin a pass of maintenance. */
    private static final String MAINTAIN = "maintain";

    private static final Logger LOG = Logger.getLogger(Serving.class);

    /** Whether something may begin. */
    public enum State {
        /** Not yet: schema and settings are not checked. */
        STARTING,
        OPEN,
        /** No more: a signal came. */
        DRAINING
    }

    /** A run under way, and its report once it is over. */
    public record Begun(long run, CompletableFuture<RunReport> report) {}

    private final Engine engine;
    private final ThreadFactory threads;
    private final Semaphore places = new Semaphore(MOST_RUNS);
    private final Semaphore maintenance = new Semaphore(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean opened;
    private volatile ServingListener listener = ServingListener.SILENT;
    private volatile Runnable beforeOpen = () -> {};

    Serving(Engine engine, ThreadFactory threads) {
        this.engine = engine;
        this.threads = threads;
    }

    public State state() {
        if (stopped.getCount() == 0) {
            return State.DRAINING;
        }
        return opened ? State.OPEN : State.STARTING;
    }

    /** To be called once, when the tables are known to be there and before anything may begin. */
    public void beforeOpen(Runnable call) {
        beforeOpen = call;
    }

    /** Who hears of what is begun from now on. */
    public void listener(ServingListener hears) {
        listener = hears;
    }

    /** @throws Failure 78 when the tables are not this program's */
    public void open() {
        engine.ready();
        beforeOpen.run();
        opened = true;
    }

    /**
     * Begins a run in the background.
     *
     * @return empty when {@link #MOST_RUNS} are under way
     * @throws Failure 75 when the run is to be alone and is not; else what is wrong with the request or the settings
     */
    public Optional<Begun> begin(RunRequest request) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        OpenRun run = null;
        try {
            run = engine.open(request);
        } finally {
            if (run == null) {
                places.release();
            }
        }
        return Optional.of(start(run, request.door(), () -> {}));
    }

    /**
     * Begins the run of one time of the schedule, unless somebody has.
     *
     * @param after called when it is over
     * @throws Failure as {@link #begin}
     */
    public Turn ingest(Instant tick, Runnable after) {
        if (!places.tryAcquire()) {
            return Turn.LATER;
        }
        boolean[] passed = {false};
        Optional<OpenRun> run = Optional.empty();
        try {
            run = engine.open(RunRequest.due(RunRequest.CRON), line -> {
                Opening opening = new Openings(engine.transactions()).scheduled(line, tick);
                passed[0] = opening instanceof Opening.Taken;
                return opening;
            });
        } finally {
            if (run.isEmpty()) {
                places.release();
            }
        }
        run.ifPresent(open -> start(open, RunRequest.CRON, after));
        return run.isPresent() ? Turn.BEGUN : passed[0] ? Turn.PASSED : Turn.LATER;
    }

    /** The same for a pass of maintenance; somebody else's pass that is under way will do. */
    public Turn maintain(Instant tick, Runnable after) {
        if (!maintenance.tryAcquire()) {
            return Turn.LATER;
        }
        boolean begun = false;
        try {
            engine.ready();
            begun = new Openings(engine.transactions()).claim(MAINTAIN, tick);
        } finally {
            if (!begun) {
                maintenance.release();
            }
        }
        if (begun) {
            work("alphakeep-maintain", maintenance, after, () -> {
                MaintainReport report = engine.maintain(MaintainRequest.due());
                LOG.infof("maintenance %s: %s", report.outcome().word(), report.summary());
                listener.maintenanceEnded(report);
            });
        }
        return begun ? Turn.BEGUN : Turn.PASSED;
    }

    /** Nothing more begins; what is under way was told by {@link Engine#stop}. */
    void stop() {
        stopped.countDown();
    }

    /** Returns when it was stopped and nothing is under way any more. */
    public void awaitEnd() throws InterruptedException {
        stopped.await();
        places.acquire(MOST_RUNS);
        maintenance.acquire();
    }

    /** @throws IllegalStateException when no thread is to be had for it; its line is closed then */
    Begun start(OpenRun run, String door, Runnable after) {
        CompletableFuture<RunReport> report = new CompletableFuture<>();
        LOG.infof("run %d began", run.run());
        Runnable task = () -> {
            try {
                RunListener hears = listener.runBegan(door);
                RunReport done = run.execute(hears);
                hears.ended(done);
                LOG.infof("run %d %s", done.run(), words(done));
                report.complete(done);
            } catch (RuntimeException | Error e) {
                report.completeExceptionally(e);
                throw e;
            }
        };
        try {
            work("alphakeep-run-" + run.run(), places, after, task);
        } catch (IllegalStateException e) {
            run.abandon(e.getMessage());
            throw e;
        }
        return new Begun(run.run(), report);
    }

    private void work(String name, Semaphore place, Runnable after, Runnable task) {
        Runnable whole = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.errorf("%s failed: %s", name, e.getMessage());
            } finally {
                place.release();
                after.run();
            }
        };
        try {
            Thread thread = threads.newThread(whole);
            thread.setName(name);
            thread.start();
        } catch (OutOfMemoryError e) {
            // That is how it is told that no more threads can be had.
            place.release();
            throw new IllegalStateException(name + " could not be started: " + e.getMessage(), e);
        }
    }

    private static String words(RunReport report) {
        RunReport.Requests requests = report.requests();
        String counts = report.outcome().word() + ": asked " + requests.sent() + " of " + requests.planned() + ", "
                + report.rows().inserted() + " rows inserted, " + report.rows().changed() + " changed, "
                + requests.failed() + " requests failed";
        return report.problems().isEmpty()
                ? counts
                : counts + "; " + report.problems().get(0).message();
    }
}
