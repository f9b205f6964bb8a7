package io.alphakeep.command;

import io.alphakeep.maintain.policy.Policies;
import io.alphakeep.maintain.policy.Policy;
import io.alphakeep.run.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What maintenance is to keep to; without a further verb it shows what applies. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Show what maintenance keeps to, or change it.",
        subcommands = {PolicyCommand.Set.class, PolicyCommand.Reset.class})
final class PolicyCommand implements Verb {

    @Option(names = "--json", description = "One JSON document on stdout.")
    private boolean json;

    @Override
    public int run(Engine engine, Out out) {
        Policies policies = engine.policies();
        if (json) {
            out.result().println(PolicyJson.of(policies));
            return 0;
        }
        Table table = new Table("policy", "value", "from", "meaning");
        for (Policies.Value value : policies.all()) {
            table.row(
                    value.policy().name(),
                    value.text(),
                    from(value),
                    value.problem().isEmpty() ? value.policy().meaning() : "NOT VALID: " + value.problem());
        }
        out.print(table.text(out.ansi()));
        return 0;
    }

    static String from(Policies.Value value) {
        return value.from().name().toLowerCase(Locale.ROOT);
    }

    /** All of them or none. */
    @Command(name = "set", mixinStandardHelpOptions = true, description = "Store policies: all of them, or none.")
    static final class Set implements Verb {

        @Parameters(arity = "1..*", paramLabel = "NAME=VALUE", description = "As in archive.after-months=36.")
        private List<String> pairs = new ArrayList<>();

        @Override
        public void check() {
            values().forEach((name, value) -> Policy.named(name).check(value));
        }

        @Override
        public int run(Engine engine, Out out) {
            engine.setPolicies(values());
            return told(engine, values().keySet(), out);
        }

        private Map<String, String> values() {
            Map<String, String> values = new LinkedHashMap<>();
            for (String pair : pairs) {
                int at = pair.indexOf('=');
                if (at < 1) {
                    throw new IllegalArgumentException(
                            "'" + pair + "' must be NAME=VALUE, as in archive.after-months=36");
                }
                if (values.put(
                                pair.substring(0, at).strip(),
                                pair.substring(at + 1).strip())
                        != null) {
                    throw new IllegalArgumentException(pair.substring(0, at) + " is given twice");
                }
            }
            return values;
        }
    }

    /** Back to the defaults. */
    @Command(name = "reset", mixinStandardHelpOptions = true, description = "Go back to the defaults.")
    static final class Reset implements Verb {

        @Parameters(arity = "1..*", paramLabel = "NAME", description = "As alphakeep policy lists them.")
        private List<String> names = new ArrayList<>();

        @Override
        public void check() {
            names.forEach(Policy::named);
        }

        @Override
        public int run(Engine engine, Out out) {
            engine.resetPolicies(names);
            return told(engine, names, out);
        }
    }

    private static int told(Engine engine, Iterable<String> names, Out out) {
        Policies policies = engine.policies();
        for (String name : names) {
            String line = policies.all().stream()
                    .filter(value -> value.policy().name().equals(name))
                    .map(value -> value.text() + " (" + from(value)
                            + (value.from() == Policies.From.SETTING ? ": it wins over what is stored)" : ")"))
                    .findFirst()
                    .orElse(Policy.OFF);
            out.result().println(name + " = " + line);
        }
        return 0;
    }
}
