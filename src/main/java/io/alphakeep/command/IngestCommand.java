package io.alphakeep.command;

import io.alphakeep.run.Engine;
import io.alphakeep.run.ReportJson;
import io.alphakeep.run.RunReport;
import io.alphakeep.run.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One run: plan, ask, write, report. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description = "Ask what is due, write it, report what changed, exit.")
final class IngestCommand implements Verb {

    @Mixin
    private SelectionOptions selection;

    @Option(
            names = "--exclusive",
            description = "Only when no other run is under way; else exit with 75. Without it runs share the work.")
    private boolean exclusive;

    @Option(names = "--dry-run", description = "Print what would be asked and why, without asking.")
    private boolean dryRun;

    @Option(names = "--json", description = "One JSON document on stdout.")
    private boolean json;

    @Override
    public boolean asksApi() {
        return !dryRun;
    }

    @Override
    public int run(Engine engine, Out out) {
        RunRequest request = selection.request(exclusive);
        if (dryRun) {
            return PlanCommand.print(engine, request, json, out);
        }
        RunReport report;
        try (ProgressLine progress = new ProgressLine(out, engine.clock())) {
            report = engine.ingest(request, progress);
        }
        if (json) {
            out.result().println(ReportJson.of(report));
        } else {
            ReportTable.print(report, engine.place(), out);
        }
        return report.exitCode();
    }
}
