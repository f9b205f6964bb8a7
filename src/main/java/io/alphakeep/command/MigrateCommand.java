package io.alphakeep.command;

import io.alphakeep.maintain.StepResult;
import io.alphakeep.run.Engine;
import io.alphakeep.run.MaintainReport;
import io.alphakeep.run.MaintainRequest;
import io.alphakeep.run.PlannedStep;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the tables and the months ahead, or brings them to this program's version. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Make the tables and the months ahead, or bring them up to date.")
final class MigrateCommand implements Verb {

    @Option(names = "--dry-run", description = "List what would be applied, and change nothing.")
    private boolean dryRun;

    @Option(names = "--demo", description = "Mark an empty database as holding simulated data.")
    private boolean demo;

    @Option(names = "--json", description = "One JSON document on stdout.")
    private boolean json;

    @Override
    public boolean migrates() {
        return true;
    }

    @Override
    public int run(Engine engine, Out out) {
        return dryRun ? foresee(engine, out) : migrate(engine, out);
    }

    private int foresee(Engine engine, Out out) {
        engine.schema().requireOurs();
        List<String> pending = engine.schema().pending();
        // What is there already is read from tables that are up to date.
        List<PlannedStep> months = pending.isEmpty() ? engine.maintainPlan(MaintainRequest.MONTHS_AHEAD) : List.of();
        if (json) {
            out.result().println(document("pending", pending, false, MaintainJson.of(months)));
            return 0;
        }
        if (pending.isEmpty() && months.isEmpty()) {
            sayUpToDate(engine, out);
        }
        pending.forEach(migration -> out.print("would apply " + migration));
        months.forEach(month -> out.print("would make " + month.target()));
        if (!pending.isEmpty()) {
            out.print("would make the months ahead (policy partition.months-ahead) that are missing then");
        }
        return 0;
    }

    private int migrate(Engine engine, Out out) {
        List<String> applied = engine.schema().migrate(demo);
        boolean marked = engine.schema().isDemo();
        if (!json) {
            applied.forEach(migration -> out.print("applied " + migration));
        }
        // Without them the new tables would have no home for tomorrow's rows until the first maintenance.
        MaintainReport months = engine.maintain(MaintainRequest.MONTHS_AHEAD);
        if (json) {
            out.result().println(document("applied", applied, marked, MaintainJson.of(months)));
        } else {
            print(months, out);
            if (applied.isEmpty() && months.steps().isEmpty()) {
                sayUpToDate(engine, out);
            }
            if (marked) {
                out.print("This warehouse is marked as demo: it takes simulated data only.");
            }
        }
        if (months.outcome() == MaintainReport.Outcome.FAILED) {
            out.fail(months.message());
        }
        return months.exitCode();
    }

    private static void print(MaintainReport months, Out out) {
        for (MaintainReport.Line line : months.steps()) {
            out.print(
                    line.outcome() == StepResult.Outcome.DONE
                            ? "made " + line.target()
                            : line.target() + " " + line.word() + ": " + line.detail());
        }
        if (months.outcome() == MaintainReport.Outcome.NOTHING) {
            out.print("months ahead: left to another, " + months.message());
        }
    }

    private static void sayUpToDate(Engine engine, Out out) {
        out.print("The tables in " + engine.place().database() + " are up to date.");
    }

    private static String document(String name, List<String> migrations, boolean marked, String maintenance) {
        String list = migrations.isEmpty() ? "" : "\"" + String.join("\",\"", migrations) + "\"";
        return "{\"" + name + "\":[" + list + "],\"demo\":" + marked + ",\"maintenance\":" + maintenance + "}";
    }
}
