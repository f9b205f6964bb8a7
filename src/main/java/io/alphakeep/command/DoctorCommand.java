package io.alphakeep.command;

import io.alphakeep.advise.doctor.Check;
import io.alphakeep.advise.doctor.Doctor;
import io.alphakeep.advise.doctor.Given;
import io.alphakeep.advise.doctor.Level;
import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.config.Failure;
import io.alphakeep.config.Nearest;
import io.alphakeep.config.Setting;
import io.alphakeep.config.Settings;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.run.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks whether all is as it has to be, and says what to do where it is not. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Check settings, API, database, tables and rights, one line each, with the fix.",
            "Changes nothing, and asks the API nothing unless --spend is given."
        })
final class DoctorCommand implements Verb {

    private static final List<String> FAIL_ON = List.of("warn", "fail", "never");
    private static final int REACHED = 3;

    @Option(
            names = "--fail-on",
            paramLabel = "LEVEL",
            defaultValue = "fail",
            description = "warn, fail or never: from which level on the exit code is 3; default: fail.")
    private String failOn;

    @Option(
            names = "--spend",
            description = "Ask the API once, through the allowance, and say what kind of answer came.")
    private boolean spend;

    @Option(names = "--json", description = "One JSON document on stdout.")
    private boolean json;

    @Override
    public void check() {
        if (!FAIL_ON.contains(failOn)) {
            throw new IllegalArgumentException(
                    "'" + failOn + "' is not a level to fail on" + Nearest.orOneOf(failOn, FAIL_ON));
        }
    }

    /** So that in the local default the API that ingest would ask is there. */
    @Override
    public boolean asksApi() {
        return true;
    }

    @Override
    public boolean copesWithGaps() {
        return true;
    }

    /** Only the first that is wrong is known; with a wrong setting nothing else is looked at. */
    @Override
    public int runWithoutSettings(Failure wrong, Out out) {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.fail(SettingsChecks.CONFIGURATION, wrong.getMessage(), wrong.next()));
        String why = "the settings are not valid";
        SettingsChecks.OTHERS.forEach(id -> checks.add(Check.skipped(id, why)));
        checks.addAll(Doctor.skipped(why));
        checks.add(Check.skipped("allowance", why));
        return end(checks, out);
    }

    @Override
    public int runWithoutDatabase(Settings settings, Out out) {
        List<Check> checks = new ArrayList<>(new SettingsChecks(settings).all());
        checks.addAll(Doctor.withoutDatabase(
                "none is set", "set ALPHAKEEP_DATABASE_URL to jdbc:postgresql://host:5432/database"));
        checks.add(Check.skipped("allowance", "no database is set"));
        return end(checks, out);
    }

    @Override
    public int run(Engine engine, Out out) {
        Settings settings = Launch.current.settings();
        SettingsChecks given = new SettingsChecks(settings);
        List<Check> checks = new ArrayList<>(given.all());
        boolean standIn = Launch.current.local().isPresent()
                && !Launch.current.local().get().sampleWatchlist().isEmpty();
        Optional<Boolean> simulated = standIn || given.isPublic() ? Optional.of(standIn) : Optional.empty();
        int connections = Integer.parseInt(settings.value(Setting.RUN_WORKERS)) + Program.CONNECTIONS_BESIDE;
        checks.addAll(new Doctor(
                        engine.transactions(),
                        engine.schema(),
                        new Given(
                                DatabaseUrl.parse(settings.value(Setting.DATABASE_URL)),
                                connections,
                                simulated,
                                () -> engine.policies().monthsAhead()),
                        engine.clock())
                .examine());
        boolean key = settings.given(Setting.API_KEY).isPresent();
        checks.add(
                key
                        ? look("allowance", () -> SettingsChecks.allowance(engine.usage()))
                        : Check.skipped("allowance", "no key is set"));
        if (spend) {
            checks.add(
                    key
                            ? look(
                                    "answer",
                                    () -> SettingsChecks.spent(
                                            engine.probe(),
                                            Optional.of(engine.schema().isDemo())))
                            : Check.skipped("answer", "no key is set"));
        }
        return end(checks, out);
    }

    /** The allowance is kept in the database; without it nothing is told of it, and nothing asked. */
    private static Check look(String id, Supplier<Check> look) {
        try {
            return look.get();
        } catch (DatabaseException e) {
            return Check.skipped(id, "the allowance can't be read: " + e.getMessage());
        } catch (Failure e) {
            return Check.fail(id, e.getMessage(), e.next());
        }
    }

    private int end(List<Check> checks, Out out) {
        if (json) {
            out.result().println(DoctorJson.of(checks));
        } else {
            print(checks, out);
        }
        return exitCode(checks, failOn);
    }

    /** @param failOn one of {@link #FAIL_ON} */
    static int exitCode(List<Check> checks, String failOn) {
        boolean reached = switch (failOn) {
            case "warn" -> count(checks, Level.WARN) + count(checks, Level.FAIL) > 0;
            case "fail" -> count(checks, Level.FAIL) > 0;
            default -> false;
        };
        return reached ? REACHED : 0;
    }

    /** Lines of plain text, not a table's cells: evidence may hold the signs of the mark-up. */
    private static void print(List<Check> checks, Out out) {
        int width = checks.stream().mapToInt(check -> check.id().length()).max().orElse(0);
        for (Check check : checks) {
            String name = check.id() + " ".repeat(width - check.id().length());
            out.result().printf("%-4s  %s  %s%n", check.level(), name, check.evidence());
            if (!check.fix().isEmpty()) {
                out.result().println(" ".repeat(width + 8) + "→ " + check.fix());
            }
        }
        out.result()
                .printf(
                        "%n%d OK, %d WARN, %d FAIL, %d not looked at%n",
                        count(checks, Level.OK),
                        count(checks, Level.WARN),
                        count(checks, Level.FAIL),
                        count(checks, Level.SKIP));
    }

    private static long count(List<Check> checks, Level level) {
        return checks.stream().filter(check -> check.level() == level).count();
    }
}
