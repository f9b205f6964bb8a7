package io.alphakeep.command;

import io.alphakeep.ledger.RunLine;
import io.alphakeep.ledger.StatusFacts;
import io.alphakeep.run.Engine;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How complete and fresh the warehouse is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show how complete and fresh the warehouse is, and the last runs.")
final class StatusCommand implements Verb {

    private static final int RUNS = 10;
    private static final double MEBIBYTE = 1024.0 * 1024.0;

    @Option(names = "--json", description = "One JSON document on stdout.")
    private boolean json;

    @Override
    public int run(Engine engine, Out out) {
        engine.schema().requireCurrent();
        StatusFacts facts = engine.status().read(RUNS);
        boolean demo = engine.schema().isDemo();
        if (json) {
            out.result().println(StatusJson.of(facts, demo));
            return 0;
        }
        StatusFacts.SeriesCounts series = facts.series();
        out.print("");
        out.print(String.format(
                Locale.ROOT,
                "  %s%s: %,d series watched, %,d never answered, %,d failing, %,d parked; %,d rows rejected in 7 days",
                engine.place().database(),
                demo ? " (simulated market)" : "",
                series.watched(),
                series.neverAnswered(),
                series.failing(),
                series.parked(),
                facts.rejectsInSevenDays()));
        out.print("  last maintenance: "
                + facts.maintenance()
                        .map(pass -> Times.text(pass.finishedAt()) + ", " + pass.outcome()
                                + (pass.detail().isEmpty() ? "" : " (" + pass.detail() + ")"))
                        .orElse("none; run it with: alphakeep maintain"));
        out.print("");
        Table spans = new Table("function", "#series", "oldest bar", "newest bar");
        facts.spans()
                .forEach(span -> spans.row(
                        span.function(),
                        span.series(),
                        Times.text(span.oldest().orElse(null)),
                        Times.text(span.newest().orElse(null))));
        print(spans, out);
        Table tables = new Table("table", "#rows (estimate)", "size", "#partitions");
        facts.tables()
                .forEach(table -> tables.row(
                        table.table(),
                        table.rows(),
                        String.format(Locale.ROOT, "%.1f MiB", table.bytes() / MEBIBYTE),
                        table.partitions()));
        print(tables, out);
        Table runs = new Table(
                "run", "started", "outcome", "door", "#sent", "#failed", "#inserted", "#changed", "#unchanged");
        for (RunLine run : facts.runs()) {
            runs.row(
                    run.run() + "",
                    Times.text(run.startedAt()),
                    run.outcome(),
                    run.door(),
                    run.requests().sent(),
                    run.requests().failed(),
                    run.rows().inserted(),
                    run.rows().changed(),
                    run.rows().unchanged());
        }
        print(runs, out);
        return 0;
    }

    private static void print(Table table, Out out) {
        if (!table.isEmpty()) {
            out.print(table.text(out.ansi()));
            out.print("");
        }
    }
}
