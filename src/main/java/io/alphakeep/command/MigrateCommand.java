package io.alphakeep.command;

import io.alphakeep.db.Schema;
import io.alphakeep.run.Engine;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the tables, or brings them to this program's version. */
@Command(name = "migrate", mixinStandardHelpOptions = true, description = "Make the tables, or bring them up to date.")
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
        Schema schema = engine.schema();
        if (dryRun) {
            schema.requireOurs();
        }
        List<String> migrations = dryRun ? schema.pending() : schema.migrate(demo);
        boolean marked = !dryRun && schema.isDemo();
        if (json) {
            String list = migrations.isEmpty() ? "" : "\"" + String.join("\",\"", migrations) + "\"";
            out.result()
                    .println("{\"" + (dryRun ? "pending" : "applied") + "\":[" + list + "],\"demo\":" + marked + "}");
            return 0;
        }
        if (migrations.isEmpty()) {
            out.print("The tables in " + engine.place().database() + " are up to date.");
        }
        for (String migration : migrations) {
            out.print((dryRun ? "would apply " : "applied ") + migration);
        }
        if (marked) {
            out.print("This warehouse is marked as demo: it takes simulated data only.");
        }
        return 0;
    }
}
