package io.alphakeep.command;

import io.alphakeep.config.Failure;
import io.alphakeep.config.LocalPart;
import io.alphakeep.config.Setting;
import io.alphakeep.config.Settings;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One command about to run: what it is, with which settings, and what was started for it. */
final class Launch implements AutoCloseable {

    /** The one command of this process; the framework makes its application object itself. */
    static volatile Launch current;

    private final Verb verb;
    private final Settings settings;
    private final Optional<LocalPart.Environment> local;
    private final Out out;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Long graceEnds;

    private Launch(Verb verb, Settings settings, Optional<LocalPart.Environment> local, Out out) {
        this.verb = verb;
        this.settings = settings;
        this.local = local;
        this.out = out;
    }

    /**
     * Starts what is missing where this build can.
     *
     * @throws Failure 78 when something is missing that cannot be started
     */
    static Launch prepare(Verb verb, Settings settings, Supplier<Optional<LocalPart>> part, Out out) {
        boolean database = settings.given(Setting.DATABASE_URL).isPresent();
        boolean key = settings.given(Setting.API_KEY).isPresent();
        boolean url = settings.given(Setting.API_URL).isPresent();
        if (verb.asksApi() && !verb.copesWithGaps() && !key && (database || url)) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    (database ? Setting.DATABASE_URL : Setting.API_URL).variable()
                            + " is set, but no key for the API is",
                    "set " + Setting.API_KEY.variable()
                            + " (a free key: https://www.alphavantage.co/support/#api-key)");
        }
        if (database) {
            return new Launch(verb, settings, Optional.empty(), out);
        }
        Optional<LocalPart> local = part.get();
        if (local.isEmpty() && verb.copesWithGaps()) {
            return new Launch(verb, settings, Optional.empty(), out);
        }
        LocalPart found = local.orElseThrow(() -> new Failure(
                Failure.Kind.CONFIGURATION,
                "no database is set",
                "set " + Setting.DATABASE_URL.variable() + " to jdbc:postgresql://host:5432/database"));
        LocalPart.Environment environment = found.start(settings, verb.asksApi());
        Launch launch = new Launch(verb, environment.settings(), Optional.of(environment), out);
        Runtime.getRuntime().addShutdownHook(new Thread(launch::closeAfterCommand, "local-part"));
        return launch;
    }

    Verb verb() {
        return verb;
    }

    Settings settings() {
        return settings;
    }

    Optional<LocalPart.Environment> local() {
        return local;
    }

    Out out() {
        return out;
    }

    /** The command has written its last row and its result. */
    void ended() {
        ended.countDown();
    }

    /**
     * A signal came: the command has the time of grace, counted from the first who waits, to come to its end. What is not
     * committed then is rolled back by the server.
     */
    boolean awaitEnd() {
        try {
            return ended.await(untilGraceEnds(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized long untilGraceEnds() {
        if (graceEnds == null) {
            graceEnds =
                    System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(settings.value(Setting.GRACE_SECONDS)));
        }
        return graceEnds - System.nanoTime();
    }

    /** A signal came: the database must outlive the command's last commit. */
    private void closeAfterCommand() {
        awaitEnd();
        close();
    }

    @Override
    public void close() {
        ended();
        local.ifPresent(LocalPart.Environment::close);
    }
}
