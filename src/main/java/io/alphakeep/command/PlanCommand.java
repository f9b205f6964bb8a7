package io.alphakeep.command;

import io.alphakeep.plan.Omission;
import io.alphakeep.plan.Plan;
import io.alphakeep.plan.PlannedRequest;
import io.alphakeep.run.Engine;
import io.alphakeep.run.PlanJson;
import io.alphakeep.run.RunRequest;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What would be asked now, and why, without asking. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Show what would be asked now and why, and what would not, without asking.")
final class PlanCommand implements Verb {

    @Mixin
    private SelectionOptions selection;

    @Option(names = "--json", description = "One JSON document on stdout.")
    private boolean json;

    @Override
    public int run(Engine engine, Out out) {
        return print(engine, selection.request(false), json, out);
    }

    static int print(Engine engine, RunRequest request, boolean json, Out out) {
        Plan plan = engine.plan(request);
        if (json) {
            out.result().println(PlanJson.of(plan));
            return 0;
        }
        if (!plan.requests().isEmpty()) {
            Table asked = new Table("#", "ticker", "function", "size", "worth", "why");
            int number = 0;
            for (PlannedRequest planned : plan.requests()) {
                asked.row(
                        ++number,
                        planned.series().symbol(),
                        planned.series().functionText(),
                        planned.month().map(Object::toString).orElse(PlanJson.size(planned)),
                        planned.worth(),
                        planned.reason());
            }
            out.print(asked.text(out.ansi()));
            out.print("");
        }
        if (!plan.omissions().isEmpty()) {
            Table omitted = new Table("ticker", "function", "not asked because", "due at");
            for (Omission omission : plan.omissions()) {
                omitted.row(
                        omission.series().symbol(),
                        omission.series().functionText(),
                        omission.reason(),
                        Times.text(omission.dueAt().orElse(null)));
            }
            out.print(omitted.text(out.ansi()));
            out.print("");
        }
        out.print(String.format(
                Locale.ROOT,
                "%,d to ask, %,d not",
                plan.requests().size(),
                plan.omissions().size()));
        return 0;
    }
}
