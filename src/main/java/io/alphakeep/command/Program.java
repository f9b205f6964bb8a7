package io.alphakeep.command;

import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.config.Failure;
import io.alphakeep.config.LocalPart;
import io.alphakeep.config.Setting;
import io.alphakeep.config.Settings;
import io.alphakeep.config.SettingsSource;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.run.DatabaseTrouble;
import io.alphakeep.run.Serving;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** The program: command line, settings, what is local, the framework, the command. Only what a command needs is started. */
public final class Program {

    /** Beside one connection per worker: one for the allowance, and one to keep leases alive. */
    static final int CONNECTIONS_BESIDE = 2;

    /** For a pass of maintenance (two), answers by HTTP, and looking for the time. */
    private static final int SERVING_CONNECTIONS = 6;

    /** Natively the verbs are read while the binary is built, so that an early answer need not; null in a JVM. */
    private static final Cli READ = ImageMode.current() == ImageMode.NATIVE_BUILD ? Cli.forAll() : null;

    private Program() {}

    /** @return the exit code */
    public static int run(String[] args) {
        Out out = Out.of(System::getenv);
        try {
            Cli cli = READ == null ? Cli.forLine(args, Program::localVerbs) : READ;
            Cli.Parsed parsed = cli.parse(args, out);
            if (parsed instanceof Cli.Parsed.Answered answered) {
                return answered.exitCode();
            }
            Object command = ((Cli.Parsed.Command) parsed).command();
            if (command instanceof VersionCommand version) {
                // As help: whatever the settings are.
                return version.call();
            }
            if (command instanceof Verb verb) {
                return run(verb, out);
            }
            settings();
            return (Integer) ((Callable<?>) command).call();
        } catch (Failure e) {
            out.fail(e.line());
            return e.kind().exitCode();
        } catch (Exception e) {
            out.fail("unexpected: " + e);
            return Failure.Kind.UNEXPECTED.exitCode();
        }
    }

    private static List<Object> localVerbs() {
        return LocalPart.find().map(LocalPart::verbs).orElseGet(List::of);
    }

    private static Settings settings() {
        return Settings.of(System.getenv(), System.getProperties(), Path.of(""));
    }

    private static int run(Verb verb, Out out) {
        Settings settings;
        try {
            settings = settings();
        } catch (Failure e) {
            return verb.runWithoutSettings(e, out);
        }
        return run(verb, settings, out);
    }

    private static int run(Verb verb, Settings settings, Out out) {
        try (Launch launch = Launch.prepare(verb, settings, LocalPart::find, out)) {
            Launch.current = launch;
            if (launch.settings().given(Setting.DATABASE_URL).isEmpty()) {
                return verb.runWithoutDatabase(launch.settings(), out);
            }
            DatabaseUrl database = DatabaseUrl.parse(launch.settings().value(Setting.DATABASE_URL));
            boolean migrates = verb.migrates()
                    || launch.local().isPresent()
                    || "auto".equals(launch.settings().value(Setting.MIGRATE));
            SettingsSource.handOver(launch.settings(), database, connections(verb, settings), migrates, verb.serves());
            AtomicInteger code = new AtomicInteger(Failure.Kind.UNEXPECTED.exitCode());
            Quarkus.run(Application.class, (exitCode, thrown) -> {
                code.set(thrown == null ? exitCode : couldNotStart(thrown, out));
            });
            return code.get();
        }
    }

    /** The most that are needed at once. */
    private static int connections(Verb verb, Settings settings) {
        int run = Integer.parseInt(settings.value(Setting.RUN_WORKERS)) + CONNECTIONS_BESIDE;
        return verb.serves() ? run * Serving.MOST_RUNS + SERVING_CONNECTIONS : run;
    }

    private static int couldNotStart(Throwable thrown, Out out) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof QuarkusBindException refused) {
                Failure failure = new Failure(
                        Failure.Kind.CONFIGURATION,
                        "can't listen on " + refused.getHost() + ":" + refused.getPort() + " (" + reason(refused) + ")",
                        "set " + Setting.HTTP_PORT.variable() + " to a free port of " + Setting.HTTP_HOST.variable()
                                + ", or end what listens there");
                out.fail(failure.line());
                return failure.kind().exitCode();
            }
        }
        out.fail("could not start: " + reason(thrown));
        return Failure.Kind.UNEXPECTED.exitCode();
    }

    /** What a failure says of itself, and its exit code. */
    static int report(RuntimeException e, DatabaseUrl database, Out out) {
        if (e instanceof Failure failure) {
            out.fail(failure.line());
            return failure.kind().exitCode();
        }
        if (e instanceof DatabaseException failure) {
            Failure told = DatabaseTrouble.explain(failure, database.place());
            out.fail(told.line());
            return told.kind().exitCode();
        }
        out.fail("unexpected: " + reason(e));
        return Failure.Kind.UNEXPECTED.exitCode();
    }

    private static String reason(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = root.getMessage() == null ? root.toString() : root.getMessage();
        return text.lines().findFirst().orElse(root.toString());
    }
}
