package io.alphakeep.observe;

import io.alphakeep.run.Facts;
import io.alphakeep.run.MaintainReport;
import io.alphakeep.run.RunReport;
import io.alphakeep.run.ServingListener;
import java.util.Map;

/** Counts what this process does, as it does it. */
final class RunMeters implements ServingListener {

    /** Of the words for what came of a request, those that say which kind of refusal it was. */
    private static final Map<String, String> KINDS =
            Map.of("premium", "refused", "symbol", "refused", "function", "refused", "key", "refused");

    private final Meters meters;

    RunMeters(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void requestEnded(String series, String function, String outcome) {
        String told = KINDS.getOrDefault(outcome, outcome);
        // Whatever else it was, no usable answer came.
        meters.count(
                Meter.REQUESTS_TOTAL,
                1,
                function,
                Label.REQUEST_OUTCOME.value(told).equals(Label.OTHER) ? "failed" : told);
    }

    @Override
    public void runEnded(String door, RunReport report) {
        meters.count(Meter.RUNS_TOTAL, 1, door, report.outcome().word());
        meters.took(Meter.RUN_DURATION_SECONDS, report.took(), door);
        report.functions().forEach((function, line) -> {
            String table = Facts.table(function);
            meters.count(Meter.ROWS_TOTAL, line.rows().inserted(), table, "inserted");
            meters.count(Meter.ROWS_TOTAL, line.rows().changed(), table, "changed");
            meters.count(Meter.ROWS_TOTAL, line.rows().unchanged(), table, "unchanged");
            meters.count(Meter.ROWS_TOTAL, line.rows().removed(), table, "removed");
            meters.count(Meter.ROWS_TOTAL, line.rows().rejected(), table, "rejected");
        });
    }

    @Override
    public void maintenanceEnded(MaintainReport report) {
        meters.count(Meter.MAINTENANCE_PASSES_TOTAL, 1, report.outcome().word());
    }
}
