package io.alphakeep.bench;

import io.alphakeep.config.Failure;
import io.alphakeep.config.LocalPart;
import io.alphakeep.config.Nearest;
import io.alphakeep.config.Setting;
import io.alphakeep.config.Settings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures, on the user's own server, what the original plan promised and what this program's goals are. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure reading, writing and decoding on this server (default build only).")
public final class BenchCommand implements Callable<Integer> {

    private static final int STOPPED = 143;

    private final LocalPart local;

    @Option(names = "--quick", description = "Fewer rows and rounds: less than two minutes on two cores.")
    private boolean quick;

    @Option(names = "--json", description = "One JSON document on stdout.")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write the report as a page.")
    private Path html;

    @Option(
            names = "--only",
            paramLabel = "PART",
            arity = "1..*",
            split = ",",
            description =
                    "Measure these alone: single, batch, query, json, daily, bulk, unchanged, request, decode, peers.")
    private List<String> only;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each comparison, 1 to 100.")
    private Integer rounds;

    /** @param local starts the embedded server where no database is set */
    public BenchCommand(LocalPart local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        BenchOptions options = options();
        Settings settings = Settings.of(System.getenv(), System.getProperties(), Path.of(""));
        Optional<LocalPart.Environment> server =
                settings.given(Setting.DATABASE_URL).isPresent()
                        ? Optional.empty()
                        : Optional.of(local.start(settings, false));
        Settings database = server.map(LocalPart.Environment::settings).orElse(settings);
        Notes notes = Notes.onStderr();
        BenchRun run = new BenchRun(database, options, notes);
        Ending ending = new Ending(run, server, notes);
        try {
            print(run.run());
            return 0;
        } catch (Exception e) {
            if (ending.stopped()) {
                return STOPPED;
            }
            throw Trouble.explain(e, database);
        } finally {
            ending.atTheEnd();
        }
    }

    /** @throws Failure 2 */
    BenchOptions options() {
        int counted = rounds == null ? quick ? 3 : 5 : rounds;
        if (counted < 1 || counted > 100) {
            throw usage("--rounds " + counted + " is not between 1 and 100");
        }
        Set<PartName> parts = EnumSet.noneOf(PartName.class);
        for (String text : only == null ? List.<String>of() : only) {
            parts.add(PartName.of(text.strip())
                    .orElseThrow(() -> usage("--only '" + text + "' is no part, did you mean "
                            + Nearest.to(
                                    text,
                                    Arrays.stream(PartName.values())
                                            .map(PartName::text)
                                            .toList())
                            + "? There are: " + PartName.words())));
        }
        return new BenchOptions(
                quick,
                new Rounds(1, counted),
                quick ? Sizes.quick() : Sizes.full(),
                parts.isEmpty() ? EnumSet.allOf(PartName.class) : parts);
    }

    private static Failure usage(String what) {
        return new Failure(Failure.Kind.USAGE, "bench: " + what, "see alphakeep bench --help");
    }

    private void print(BenchReport report) {
        // Until the report's own classes print it.
        if (json) {
            System.out.println("{\"quick\":" + report.quick() + ",\"comparisons\":"
                    + report.comparisons().size() + "}");
            return;
        }
        for (Comparison c : report.comparisons()) {
            System.out.printf(
                    "%-9s %-58s %10.3f %-5s %10.3f %-5s %8.2f x  %-9s %s | %s | %s | %s%n",
                    c.section(),
                    c.work(),
                    c.before().median(),
                    c.before().unit().sign(),
                    c.after().median(),
                    c.after().unit().sign(),
                    c.factor(),
                    c.goal()
                            .map(g -> g.of()
                                    + (g.atLeast() ? ">=" : "<=")
                                    + g.bound()
                                    + (c.reached().get() ? " yes" : " NO"))
                            .orElse("-"),
                    c.claim(),
                    c.before().technique(),
                    c.after().technique(),
                    c.note());
        }
        report.skipped().forEach(text -> System.out.println("not measured: " + text));
        System.out.println(html == null ? "A page of this: --html FILE" : "Page: " + html);
    }
}
