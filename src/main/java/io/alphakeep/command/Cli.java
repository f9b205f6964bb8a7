package io.alphakeep.command;

import io.alphakeep.config.Nearest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line → a command with its options, or an answer that needs no command: help, version, a usage error. */
final class Cli {

    /** What came of the command line. */
    sealed interface Parsed {
        /** It is answered; the program ends with this code. */
        record Answered(int exitCode) implements Parsed {}

        /** This is to be run. */
        record Command(Object command) implements Parsed {}
    }

    /** The verbs that every build has, in the order of the help. */
    private static final Map<String, Supplier<Object>> VERBS = new LinkedHashMap<>();

    static {
        VERBS.put("ingest", IngestCommand::new);
        VERBS.put("plan", PlanCommand::new);
        VERBS.put("watch", WatchCommand::new);
        VERBS.put("maintain", MaintainCommand::new);
        VERBS.put("policy", PolicyCommand::new);
        VERBS.put("serve", ServeCommand::new);
        VERBS.put("health", HealthCommand::new);
        VERBS.put("migrate", MigrateCommand::new);
        VERBS.put("status", StatusCommand::new);
        VERBS.put("doctor", DoctorCommand::new);
        VERBS.put("advise", AdviseCommand::new);
        VERBS.put("version", VersionCommand::new);
    }

    private static final int USAGE = 2;
    private static final Pattern WRAPPED = Pattern.compile(
            "^Invalid value for (?:option|positional parameter)(?: '([^']+)')?(?: at index \\S+)?(?: \\([^)]*\\))?: ");

    private final CommandLine line = new CommandLine(new Alphakeep());
    /** The help of the whole program, where it was worked out before it is asked for. */
    private final Map<Ansi, String> help = new EnumMap<>(Ansi.class);

    private Cli() {}

    /** For any line, without the verbs that only one build has. */
    static Cli forAll() {
        Cli cli = new Cli();
        VERBS.values().forEach(verb -> cli.line.addSubcommand(verb.get()));
        List.of(Ansi.ON, Ansi.OFF).forEach(ansi -> cli.help.put(ansi, cli.line.getUsageMessage(ansi)));
        return cli;
    }

    /**
     * For this line: what it does not name is not read, which would be most of the time of an early answer.
     *
     * @param localVerbs those that only this build has; asked for where the line names none of ours
     */
    static Cli forLine(String[] args, Supplier<List<Object>> localVerbs) {
        Cli cli = new Cli();
        cli.addVerbs(List.of(args), localVerbs);
        return cli;
    }

    /** Once: the options of a command are its fields. */
    Parsed parse(String[] args, Out out) {
        ParseResult result;
        try {
            result = line.parseArgs(args);
        } catch (ParameterException e) {
            out.fail(explain(e));
            return new Parsed.Answered(USAGE);
        }
        while (result.hasSubcommand() && !result.isUsageHelpRequested()) {
            result = result.subcommand();
        }
        CommandLine command = result.commandSpec().commandLine();
        command.setColorScheme(CommandLine.Help.defaultColorScheme(out.ansi()));
        if (result.isUsageHelpRequested()) {
            String ready = command == line ? help.get(out.ansi()) : null;
            out.result().print(ready == null ? command.getUsageMessage(out.ansi()) : ready);
            return new Parsed.Answered(0);
        }
        if (result.isVersionHelpRequested()) {
            command.printVersionHelp(out.result(), out.ansi());
            return new Parsed.Answered(0);
        }
        if (!command.getSubcommands().isEmpty() && !(result.commandSpec().userObject() instanceof Verb)) {
            out.fail((command == line ? "" : command.getCommandName() + ": ") + "a verb is missing; " + there(command));
            return new Parsed.Answered(USAGE);
        }
        Object found = result.commandSpec().userObject();
        if (found instanceof Verb verb) {
            try {
                verb.check();
            } catch (IllegalArgumentException e) {
                out.fail(command.getCommandName() + ": " + e.getMessage());
                return new Parsed.Answered(USAGE);
            }
        }
        return new Parsed.Command(found);
    }

    private void addVerbs(List<String> words, Supplier<List<Object>> localVerbs) {
        String first = words.isEmpty() ? "" : words.get(0);
        if (VERBS.containsKey(first)) {
            line.addSubcommand(VERBS.get(first).get());
            return;
        }
        Stream<Object> all = Stream.concat(VERBS.values().stream().map(Supplier::get), localVerbs.get().stream());
        all.forEach(verb -> {
            Command described = verb.getClass().getAnnotation(Command.class);
            if (words.contains(described.name())) {
                line.addSubcommand(verb);
            } else {
                line.addSubcommand(described.name(), listed(described));
            }
        });
    }

    /** What a list of the verbs tells of one. */
    private static CommandSpec listed(Command described) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(described.description());
        return spec;
    }

    private static String explain(ParameterException e) {
        CommandLine command = e.getCommandLine();
        String where = command.getParent() == null ? "" : command.getCommandName() + ": ";
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            if (word.startsWith("-")) {
                return where + "unknown flag '" + word + "'" + Nearest.orOneOf(word, flags(command));
            }
            if (!command.getSubcommands().isEmpty()) {
                return where + "unknown verb '" + word + "'"
                        + Nearest.orOneOf(word, command.getSubcommands().keySet());
            }
            return where + "'" + word + "' is one word too many; see alphakeep " + command.getCommandName() + " --help";
        }
        String help =
                e instanceof MissingParameterException ? "; see alphakeep " + command.getCommandName() + " --help" : "";
        return where + firstLine(e) + help;
    }

    private static String firstLine(ParameterException e) {
        String text = e.getMessage().lines().findFirst().orElse("");
        // picocli wraps what our converters say in words about its own option.
        return WRAPPED.matcher(text)
                .replaceFirst(m -> m.group(1) == null ? "" : Matcher.quoteReplacement(m.group(1) + ": "));
    }

    private static String there(CommandLine command) {
        return "there are: " + command.getSubcommands().keySet().stream().collect(Collectors.joining(", "));
    }

    private static List<String> flags(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        List<String> flags = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            flags.add(option.longestName());
        }
        return flags;
    }
}
