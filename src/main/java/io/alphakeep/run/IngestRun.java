package io.alphakeep.run;

import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.SqlState;
import io.alphakeep.fetch.StoppedException;
import io.alphakeep.plan.Plan;
import io.alphakeep.plan.PlannedRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * One run, from its plan to its last commit: workers take the plan's requests in order, each of them leased, permitted,
 * asked, decoded and stored before the next. The unit of commit is one request.
 */
final class IngestRun {

    private static final Logger LOG = Logger.getLogger(IngestRun.class);

    /** Every other request would meet the same. */
    private static final Set<SqlState> ENDING =
            EnumSet.of(SqlState.UNAVAILABLE, SqlState.ACCESS, SqlState.SCHEMA, SqlState.POOLER);

    private final long run;
    private final Plan plan;
    private final int workers;
    private final Clock clock;
    private final RunControl control;
    private final SeriesStep step;
    private final Tally tally;
    private final RunListener listener;
    private final WorkQueue work;

    IngestRun(
            long run,
            Plan plan,
            int workers,
            Clock clock,
            RunControl control,
            SeriesStep step,
            Tally tally,
            RunListener listener) {
        this.run = run;
        this.plan = plan;
        this.workers = Math.max(1, Math.min(workers, plan.requests().size()));
        this.clock = clock;
        this.control = control;
        this.step = step;
        this.tally = tally;
        this.listener = listener;
        this.work = new WorkQueue(plan.requests());
    }

    /** Returns when every request is over or the run has ended early. */
    void execute() {
        tally.planned(plan.requests().size());
        listener.planned(run, plan.requests().size());
        step.prepare(plan);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            Thread thread = new Thread(this::work, "alphakeep-worker-" + (i + 1));
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        control.whenStopped(() -> threads.forEach(Thread::interrupt));
        for (Thread thread : threads) {
            join(thread);
        }
        step.settle();
    }

    private void work() {
        MDC.put("run", "[run " + run + "] ");
        for (PlannedRequest request = work.take(); request != null && !control.ended(); request = work.take()) {
            carryOut(request);
            work.done(request);
        }
    }

    private void carryOut(PlannedRequest request) {
        String outcome = "failed";
        try {
            outcome = step.run(request);
        } catch (StoppedException | CancellationException e) {
            // Woken by a signal, or by the end of the time that was given: the first reason stands.
            control.endUnlessEnded(new RunControl.End.Stop());
            outcome = "stopped";
        } catch (DatabaseException e) {
            databaseTrouble(request, e);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s failed unexpectedly", request.series());
            step.broke(request);
            failed(request, "unexpected", e.toString());
        } catch (Error e) {
            // Out of memory above all: no worker goes on, and the run does not pass for a good one.
            LOG.errorf(e, "%s broke the run", request.series());
            failed(request, "unexpected", e.toString());
            control.end(new RunControl.End.Fatal(
                    Failure.Kind.UNEXPECTED, new Problem("", "unexpected", "a worker died: " + e, "")));
        }
        listener.requestEnded(request.series().toString(), request.function().name(), outcome);
    }

    private void databaseTrouble(PlannedRequest request, DatabaseException e) {
        if (control.woken()) {
            // The interrupt that wakes a worker also ends its wait for a connection.
            return;
        }
        if (ENDING.contains(e.kind())) {
            control.end(Endings.database(e));
            return;
        }
        step.broke(request);
        failed(request, "database", e.getMessage() + " (SQLSTATE " + e.state() + ")");
        if (e.kind() == SqlState.CONTENTION) {
            step.blocked(e);
        }
    }

    private void failed(PlannedRequest request, String kind, String message) {
        tally.failed();
        tally.problem(new Problem(request.series().toString(), kind, message, "it is asked again in the next run"));
    }

    private long millisToDeadline() {
        return control.deadline()
                .map(deadline ->
                        Math.max(1, Duration.between(clock.instant(), deadline).toMillis()))
                .filter(millis -> control.reason().isEmpty())
                .orElse(0L);
    }

    private void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join(millisToDeadline());
                // Asked here too: a worker that waits for an answer does not look at the clock.
                control.ended();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
