package io.alphakeep.observe;

import io.alphakeep.run.Facts;
import io.alphakeep.run.MaintainReport;
import io.alphakeep.run.RunListener;
import io.alphakeep.run.RunReport;
import io.alphakeep.run.ServingListener;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what this process does, as it does it. */
final class RunMeters implements ServingListener {

    /** Of the words for what came of a request, those that say which kind of refusal it was. */
    private static final Set<String> REFUSALS = Set.of("premium", "symbol", "function", "key");

    private final Meters meters;
    private final AtomicInteger requestsAhead = new AtomicInteger();

    RunMeters(Meters meters) {
        this.meters = meters;
    }

    /** Planned requests of all runs under way that are not over yet. */
    int requestsAhead() {
        return requestsAhead.get();
    }

    @Override
    public RunListener runBegan(String door) {
        return new OneRun(door);
    }

    @Override
    public void maintenanceEnded(MaintainReport report) {
        meters.count(Meter.MAINTENANCE_PASSES_TOTAL, 1, report.outcome().word());
    }

    private final class OneRun implements RunListener {

        private final String door;
        private final AtomicInteger ahead = new AtomicInteger();

        private OneRun(String door) {
            this.door = door;
        }

        @Override
        public void planned(long run, int requests) {
            ahead.addAndGet(requests);
            requestsAhead.addAndGet(requests);
        }

        @Override
        public void requestEnded(String series, String function, String outcome) {
            ahead.decrementAndGet();
            requestsAhead.decrementAndGet();
            meters.count(Meter.REQUESTS_TOTAL, 1, function, word(outcome));
        }

        @Override
        public void ended(RunReport report) {
            requestsAhead.addAndGet(-ahead.get());
            meters.count(Meter.RUNS_TOTAL, 1, door, report.outcome().word());
            meters.took(Meter.RUN_DURATION_SECONDS, report.took(), door);
            report.functions()
                    .forEach((function, line) -> line.rowsByEffect()
                            .forEach((effect, rows) ->
                                    meters.count(Meter.ROWS_TOTAL, rows, Facts.table(function), effect)));
        }

        /** Whatever else it was, no usable answer came. */
        private static String word(String outcome) {
            if (REFUSALS.contains(outcome)) {
                return "refused";
            }
            return Label.REQUEST_OUTCOME.known().contains(outcome) ? outcome : "failed";
        }
    }
}
