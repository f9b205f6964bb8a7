package io.alphakeep.bench;

import io.alphakeep.config.Failure;
import io.alphakeep.config.LocalPart;
import io.alphakeep.config.Nearest;
import io.alphakeep.config.Setting;
import io.alphakeep.config.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

    @Option(names = "--markdown", description = "Tables for a README on stdout.")
    private boolean markdown;

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
        int counted = rounds == null ? quick ? 2 : 5 : rounds;
        if (counted < 1 || counted > 100) {
            throw usage("--rounds " + counted + " is not between 1 and 100");
        }
        if (json && markdown) {
            throw usage("--json and --markdown exclude each other");
        }
        if (html != null && (Files.isDirectory(html) || !Files.isWritable(folder(html)))) {
            throw usage("--html " + html + " is no file that can be written");
        }
        Set<PartName> parts = EnumSet.noneOf(PartName.class);
        for (String text : only == null ? List.<String>of() : only) {
            parts.add(PartName.of(text.strip())
                    .orElseThrow(() -> usage("--only '" + text + "' is no part"
                            + Nearest.orOneOf(
                                    text,
                                    Arrays.stream(PartName.values())
                                            .map(PartName::text)
                                            .toList()))));
        }
        return new BenchOptions(
                quick,
                new Rounds(1, counted),
                quick ? Sizes.quick() : Sizes.full(),
                parts.isEmpty() ? EnumSet.allOf(PartName.class) : parts);
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file : folder;
    }

    private static Failure usage(String what) {
        return new Failure(Failure.Kind.USAGE, "bench: " + what, "see alphakeep bench --help");
    }

    private void print(BenchReport report) throws IOException {
        if (html != null) {
            Files.writeString(html, BenchPage.of(report));
        }
        // As the other verbs print: the signs are there in every locale.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (json) {
            out.println(BenchJson.of(report));
        } else if (markdown) {
            out.print(BenchMarkdown.of(report));
        } else {
            out.print(BenchText.of(report));
            out.println(html == null ? "A page of this, with charts: bench --html FILE" : "Page: " + html);
        }
    }
}
