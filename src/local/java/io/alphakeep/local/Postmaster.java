package io.alphakeep.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running server as its {@code postmaster.pid} tells of it (PostgreSQL manual, "Database File Layout").
 *
 * @param pid  the server's process
 * @param port where it listens
 */
record Postmaster(long pid, int port) {

    /** What the data folder's file says; empty when there is no such file or no such process. */
    static Optional<Postmaster> of(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 4) {
            return Optional.empty();
        }
        try {
            Postmaster found = new Postmaster(
                    Long.parseLong(lines.get(0).strip()),
                    Integer.parseInt(lines.get(3).strip()));
            return ProcessHandle.of(found.pid).isPresent() ? Optional.of(found) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether it takes connections; a process of the same number that is no server does not. */
    boolean answers() {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=5&loginTimeout=10";
        try (Connection connection = DriverManager.getConnection(url, "postgres", "")) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    /** A fast shutdown: clients are disconnected, everything committed is on disk. */
    void stop(long timeout, TimeUnit unit) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            return;
        }
        try {
            // SIGINT is the fast shutdown; Java itself can only send SIGTERM, which waits for every client to leave.
            new ProcessBuilder("kill", "-INT", Long.toString(pid))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor(timeout, unit);
            process.get().onExit().get(timeout, unit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | ExecutionException | TimeoutException e) {
            process.get().destroy();
        }
    }
}
