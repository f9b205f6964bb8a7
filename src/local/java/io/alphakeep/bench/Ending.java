package io.alphakeep.bench;

import io.alphakeep.config.LocalPart;
import java.sql.SQLException;
import java.util.Optional;

/** The bench's end, by itself or by a signal: the schema goes first, then the server, and each of them once. */
final class Ending {

    private final BenchRun run;
    private final Optional<LocalPart.Environment> server;
    private final Notes notes;
    private final Thread worker = Thread.currentThread();
    private volatile boolean ended;
    private volatile boolean stopped;

    Ending(BenchRun run, Optional<LocalPart.Environment> server, Notes notes) {
        this.run = run;
        this.server = server;
        this.notes = notes;
        Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "bench-end"));
    }

    /** Whether a signal came in the middle of the work. */
    boolean stopped() {
        return stopped;
    }

    void atTheEnd() {
        ended = true;
        if (!stopped) {
            closeServer();
        }
    }

    private void onSignal() {
        if (ended) {
            return;
        }
        stopped = true;
        worker.interrupt();
        try {
            run.close();
            notes.line("bench: stopped, its schema is removed");
        } catch (SQLException e) {
            notes.line("bench: stopped; its schema could not be removed, the next bench will: " + e.getMessage());
        } finally {
            closeServer();
        }
    }

    private void closeServer() {
        server.ifPresent(LocalPart.Environment::close);
    }
}
