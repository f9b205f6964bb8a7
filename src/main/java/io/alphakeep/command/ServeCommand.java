package io.alphakeep.command;

import io.alphakeep.config.Failure;
import io.alphakeep.run.Engine;
import io.alphakeep.run.Serving;
import picocli.CommandLine.Command;

/** Runs by schedule and by HTTP, until a signal comes. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Stay: ingest and maintain by schedule, start runs by HTTP, answer health checks.",
            "Ends with a signal, after a clean checkpoint."
        })
final class ServeCommand implements Verb {

    /** As of a process that SIGTERM ended: what was under way is committed. */
    private static final int STOPPED = 143;

    @Override
    public boolean asksApi() {
        return true;
    }

    @Override
    public boolean serves() {
        return true;
    }

    @Override
    public int run(Engine engine, Out out) {
        Serving serving = engine.serving();
        serving.open();
        try {
            serving.awaitEnd();
        } catch (InterruptedException e) {
            throw new Failure(Failure.Kind.UNEXPECTED, "interrupted while serving", "start it again", e);
        }
        return STOPPED;
    }
}
