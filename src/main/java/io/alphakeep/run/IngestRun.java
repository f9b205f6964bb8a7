package io.alphakeep.run;

import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.SqlState;
import io.alphakeep.fetch.StoppedException;
import io.alphakeep.ledger.Leases;
import io.alphakeep.plan.Plan;
import io.alphakeep.plan.PlannedRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadFactory;
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
            EnumSet.of(SqlState.UNAVAILABLE, SqlState.ACCESS, SqlState.TLS, SqlState.SCHEMA, SqlState.POOLER);

    private final long run;
    private final Plan plan;
    private final int workers;
    private final Clock clock;
    private final RunControl control;
    private final SeriesStep step;
    private final Tally tally;
    private final RunListener listener;
    private final Leases leases;
    private final ThreadFactory threads;

    IngestRun(
            long run,
            Plan plan,
            int workers,
            Clock clock,
            RunControl control,
            SeriesStep step,
            Tally tally,
            RunListener listener,
            Leases leases,
            ThreadFactory threads) {
        this.run = run;
        this.plan = plan;
        this.workers = workers;
        this.clock = clock;
        this.control = control;
        this.step = step;
        this.tally = tally;
        this.listener = listener;
        this.leases = leases;
        this.threads = threads;
    }

    /** Returns when every request is over, or left to another run, or the run has ended early. */
    void execute() {
        tally.planned(plan.requests().size(), plan.failedLately().size());
        listener.planned(run, plan.requests().size());
        step.prepare(plan);
        OthersSeries others = new OthersSeries(leases, control, listener, asked(plan.requests()));
        for (List<PlannedRequest> again = others.next(this::left); !again.isEmpty(); again = others.next(this::left)) {
            asked(again).forEach(this::left);
        }
        step.settle();
    }

    /**
     * Asks these, in their order.
     *
     * @return those whose series another run has
     */
    private List<PlannedRequest> asked(List<PlannedRequest> requests) {
        WorkQueue queue = new WorkQueue(requests);
        List<Thread> started = started(() -> work(queue), Math.max(1, Math.min(workers, requests.size())));
        control.whenStopped(() -> started.forEach(Thread::interrupt));
        for (Thread thread : started) {
            join(thread);
        }
        return queue.aside();
    }

    /** Fewer where no more threads can be had: those that began are not left alone with what is closed behind them. */
    private List<Thread> started(Runnable work, int most) {
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            Thread thread = threads.newThread(work);
            thread.setName("alphakeep-worker-" + (i + 1));
            try {
                thread.start();
            } catch (OutOfMemoryError e) {
                LOG.warnf("%d of %d workers: %s", i, most, e.getMessage());
                if (started.isEmpty()) {
                    died("no worker could be started: " + e);
                }
                return started;
            }
            started.add(thread);
        }
        return started;
    }

    private void work(WorkQueue queue) {
        MDC.put("run", "[run " + run + "] ");
        for (PlannedRequest request = queue.take(); request != null && !control.ended(); request = queue.take()) {
            String outcome = carryOut(request);
            if (outcome.equals(SeriesStep.HELD)) {
                queue.setAside(request);
            } else {
                ended(request, outcome);
                queue.done(request);
            }
        }
    }

    private void ended(PlannedRequest request, String outcome) {
        listener.requestEnded(request.series().toString(), request.function().name(), outcome);
    }

    private void left(PlannedRequest request) {
        tally.left();
        ended(request, SeriesStep.SKIPPED);
    }

    private String carryOut(PlannedRequest request) {
        try {
            return step.run(request);
        } catch (StoppedException | CancellationException e) {
            // Woken by a signal, or by the end of the time that was given: the first reason stands.
            control.endUnlessEnded(new RunControl.End.Stop());
            return "stopped";
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
            died("a worker died: " + e);
        }
        return "failed";
    }

    private void died(String message) {
        control.end(new RunControl.End.Fatal(Failure.Kind.UNEXPECTED, new Problem("", "unexpected", message, "")));
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
        tally.problem(new Problem(request.series().toString(), kind, message, Refusals.LATER));
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
