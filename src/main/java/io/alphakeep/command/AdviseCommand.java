package io.alphakeep.command;

import io.alphakeep.advise.Advice;
import io.alphakeep.advise.Advisor;
import io.alphakeep.advise.Change;
import io.alphakeep.advise.Change.Effect;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Script;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.HostMachine;
import io.alphakeep.advise.seen.Machine;
import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.config.Nearest;
import io.alphakeep.config.Setting;
import io.alphakeep.run.Engine;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What could be better in server, tables, indexes and queries, and how. */
@Command(
        name = "advise",
        mixinStandardHelpOptions = true,
        description = {
            "Say what could be better in server, tables, indexes and queries: evidence, SQL, and the SQL that takes it back.",
            "Changes nothing; advise --sql | psql is the way to apply it."
        })
final class AdviseCommand implements Verb {

    private static final String NEVER = "never";
    private static final List<String> FAIL_ON = List.of("info", "warn", "critical", NEVER);
    private static final int REACHED = 3;
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(15);
    private static final String INDENT = "      ";

    @Mixin
    private MachineOptions machine = new MachineOptions();

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = NEVER,
            description = "info, warn, critical or never: from which severity on the exit code is 3; default: never.")
    private String failOn;

    @Option(names = "--sql", description = "One script for psql, each statement with its reason and its undo.")
    private boolean sql;

    @Option(names = "--json", description = "One JSON document on stdout.")
    private boolean json;

    @Override
    public void check() {
        if (!FAIL_ON.contains(failOn)) {
            throw new IllegalArgumentException(
                    "'" + failOn + "' is not a severity to fail on" + Nearest.orOneOf(failOn, FAIL_ON));
        }
        if (sql && json) {
            throw new IllegalArgumentException("--sql and --json exclude each other");
        }
        machine.check();
    }

    @Override
    public int run(Engine engine, Out out) {
        IntFunction<Machine> host =
                HostMachine.behind(DatabaseUrl.parse(Launch.current.settings().value(Setting.DATABASE_URL)));
        Machine told = machine.machine();
        Advice advice = new Advisor(
                        engine.transactions().withStatementTimeout(STATEMENT_TIMEOUT),
                        process -> told.or(host.apply(process)))
                .advise();
        if (sql) {
            out.result().print(Script.of(advice));
        } else if (json) {
            out.result().println(AdviseJson.of(advice));
        } else {
            print(advice, out);
        }
        return !failOn.equals(NEVER) && advice.reaches(Severity.valueOf(failOn.toUpperCase(Locale.ROOT))) ? REACHED : 0;
    }

    /** First what the rest does not speak of. Lines of plain text, not a table's cells: evidence may hold the signs of the mark-up. */
    static void print(Advice advice, Out out) {
        advice.unseen().forEach(unseen -> out.result().println("not seen: " + unseen));
        if (!advice.unseen().isEmpty()) {
            out.result().println();
        }
        int id = width(advice.findings().stream().map(Finding::id));
        int subject = width(advice.findings().stream().map(Finding::subject));
        Stream.of(Severity.values()).sorted(Comparator.reverseOrder()).forEach(severity -> {
            if (advice.count(severity) > 0) {
                out.print("@|bold " + severity.name() + "|@");
                advice.findings().stream()
                        .filter(finding -> finding.severity() == severity)
                        .forEach(finding -> print(finding, id, subject, out));
                out.result().println();
            }
        });
        out.result()
                .printf(
                        "%d critical, %d warn, %d info%n",
                        advice.count(Severity.CRITICAL), advice.count(Severity.WARN), advice.count(Severity.INFO));
    }

    private static void print(Finding finding, int id, int subject, Out out) {
        out.result()
                .println("  " + padded(finding.id(), id) + "  " + padded(finding.subject(), subject) + "  "
                        + finding.evidence());
        out.result().println(INDENT + "why:  " + finding.why());
        for (Change change : finding.changes()) {
            out.result().println(INDENT + "sql:  " + change.sql() + ";" + note(change.effect()));
            out.result().println(INDENT + "undo: " + change.undoText() + undoNote(change));
        }
        if (!finding.next().isEmpty()) {
            out.result().println(INDENT + "do:   " + finding.next());
        }
        out.result().println(INDENT + "see:  " + finding.manual());
    }

    private static String note(Effect effect) {
        return switch (effect) {
            case NOW -> "";
            case RELOAD -> " SELECT pg_reload_conf();";
            case RESTART -> " -- needs a restart";
            case REVIEW -> " -- look first";
        };
    }

    /** As it stands, copied by hand, the undo of a setting has to take effect as the setting did. */
    private static String undoNote(Change change) {
        boolean setting = change.effect() == Effect.RELOAD || change.effect() == Effect.RESTART;
        return setting && !change.undo().isEmpty() ? note(change.effect()) : "";
    }

    private static int width(Stream<String> texts) {
        return texts.mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
