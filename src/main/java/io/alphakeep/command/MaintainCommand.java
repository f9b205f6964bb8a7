package io.alphakeep.command;

import io.alphakeep.config.Nearest;
import io.alphakeep.run.Engine;
import io.alphakeep.run.MaintainReport;
import io.alphakeep.run.MaintainRequest;
import io.alphakeep.run.PlannedStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One pass of maintenance. */
@Command(
        name = "maintain",
        mixinStandardHelpOptions = true,
        description = {
            "Do the maintenance that is due: partitions, indexes, archive, statistics, ledger.",
            "Safe to call any number of times from any number of places."
        })
final class MaintainCommand implements Verb {

    @Parameters(
            arity = "0..*",
            paramLabel = "PART",
            description = "partitions, indexes, archive, statistics, ledger; default: all of them.")
    private List<String> parts = new ArrayList<>();

    @Option(names = "--dry-run", description = "Print the SQL that is due, without running it.")
    private boolean dryRun;

    @Option(names = "--json", description = "One JSON document on stdout.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = SelectionOptions.DurationConverter.class,
            description = "Begin no step after this time, as in 30m; the rest is postponed.")
    private Duration timeout;

    @Override
    public void check() {
        for (String part : parts) {
            if (!MaintainRequest.PARTS.contains(part)) {
                throw new IllegalArgumentException(
                        "'" + part + "' is not a part of maintenance" + Nearest.orOneOf(part, MaintainRequest.PARTS));
            }
        }
    }

    @Override
    public int run(Engine engine, Out out) {
        MaintainRequest request = new MaintainRequest(parts, Optional.ofNullable(timeout));
        if (dryRun) {
            print(engine.maintainPlan(request), out);
            return 0;
        }
        MaintainReport report = engine.maintain(request);
        if (json) {
            out.result().println(MaintainJson.of(report));
        } else {
            print(report, out);
        }
        if (report.outcome() == MaintainReport.Outcome.FAILED) {
            out.fail(report.message());
        }
        return report.exitCode();
    }

    private void print(List<PlannedStep> steps, Out out) {
        if (json) {
            out.result().println(MaintainJson.of(steps));
            return;
        }
        if (steps.isEmpty()) {
            out.result().println("-- nothing is due");
        }
        for (PlannedStep step : steps) {
            // A why is one line, or what follows it would be run.
            out.result().println("-- " + step.target() + ": " + step.why().replaceAll("\\R", " "));
            step.sql().forEach(sql -> out.result().println(sql + ";"));
        }
    }

    private static void print(MaintainReport report, Out out) {
        Table table = new Table("step", "target", "outcome", "detail", "#ms");
        report.steps()
                .forEach(line -> table.row(
                        line.action(),
                        line.target(),
                        line.word(),
                        line.detail(),
                        line.took().toMillis()));
        out.print("");
        if (!table.isEmpty()) {
            out.print(table.text(out.ansi()));
            out.print("");
        }
        out.print("  Maintenance " + report.outcome().word() + " in " + Durations.text(report.took()) + ": "
                + report.summary());
    }
}
