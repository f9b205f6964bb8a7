package io.alphakeep.local;

import io.alphakeep.config.Failure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The embedded PostgreSQL, shared by the commands that run at the same time: the first starts it, the others join it, the
 * last stops it. A server whose starter was killed is adopted by the next command. Every user holds a shared lock on
 * {@code users.lock}, which the operating system lets go of when a process dies; starting and stopping are done under
 * {@code start.lock}, one at a time.
 */
final class LocalServer implements AutoCloseable {

    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 15;

    private final Path folder;
    private final int port;
    private final FileChannel users;
    private FileLock using;

    private LocalServer(Path folder, int port, FileChannel users, FileLock using) {
        this.folder = folder;
        this.port = port;
        this.users = users;
        this.using = using;
    }

    /** @throws Failure 69 when no server can be started */
    static LocalServer join(Path home) {
        Path folder = home.resolve("postgres");
        try {
            Files.createDirectories(folder);
            try (FileChannel start = open(folder.resolve("start.lock"));
                    FileLock alone = start.lock()) {
                assert alone.isValid();
                Optional<Postmaster> running = Postmaster.of(data(folder)).filter(Postmaster::answers);
                int port = running.isPresent() ? running.get().port() : start(folder);
                // Also for a server that was found running: its starter may have been killed before it came to this.
                Path ready = ready(folder);
                if (!Files.exists(ready)) {
                    Files.writeString(ready, "");
                }
                FileChannel users = open(folder.resolve("users.lock"));
                return new LocalServer(folder, port, users, users.lock(0, Long.MAX_VALUE, true));
            }
        } catch (IOException | RuntimeException e) {
            throw new Failure(
                    Failure.Kind.UNAVAILABLE,
                    "the local PostgreSQL under " + folder + " could not be started: " + e.getMessage(),
                    "look at " + folder.resolve("server.log")
                            + ", or use a server of your own with ALPHAKEEP_DATABASE_URL",
                    e);
        }
    }

    int port() {
        return port;
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Makes the database unless it is there. */
    void ensureDatabase(String name) {
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", "");
                PreparedStatement look = connection.prepareStatement("SELECT FROM pg_database WHERE datname = ?")) {
            look.setString(1, name);
            try (ResultSet found = look.executeQuery();
                    Statement make = connection.createStatement()) {
                if (!found.next()) {
                    make.execute("CREATE DATABASE " + name);
                }
            }
        } catch (SQLException e) {
            if (!"42P04".equals(e.getSQLState()) && !"23505".equals(e.getSQLState())) {
                throw new Failure(Failure.Kind.UNAVAILABLE, "the local PostgreSQL refuses: " + e.getMessage(), "", e);
            }
        }
    }

    /** The last user stops the server. */
    @Override
    public synchronized void close() {
        if (using == null) {
            return;
        }
        try (FileChannel start = open(folder.resolve("start.lock"));
                FileLock alone = start.lock();
                users) {
            assert alone.isValid();
            using.release();
            using = null;
            FileLock last = users.tryLock();
            if (last != null) {
                Postmaster.of(data(folder)).ifPresent(server -> server.stop(STOP_SECONDS, TimeUnit.SECONDS));
                last.release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int start(Path folder) throws IOException {
        Path data = data(folder);
        if (Files.exists(data) && !Files.exists(ready(folder))) {
            // What an interrupted first start left: whoever makes a database in it has written the mark before.
            delete(data);
        }
        int port = freePort(folder.resolve("port"));
        Redirect log = Redirect.appendTo(folder.resolve("server.log").toFile());
        EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(folder.toFile())
                .setPort(port)
                .setPGStartupWait(STARTUP)
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                // The library's defaults are for tests that may lose their data.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "2GB")
                .start();
        return port;
    }

    /** The port of last time where it is free, so that a saved psql line stays good. */
    private static int freePort(Path file) throws IOException {
        int wanted = 0;
        if (Files.exists(file)) {
            String text = Files.readString(file).strip();
            wanted = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        }
        int port = tryPort(wanted).or(() -> tryPort(0)).orElseThrow(() -> new IOException("no free port"));
        Files.writeString(file, Integer.toString(port));
        return port;
    }

    private static Optional<Integer> tryPort(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Optional.of(socket.getLocalPort());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Path data(Path folder) {
        return folder.resolve("data-18");
    }

    private static Path ready(Path folder) {
        return folder.resolve("initialised");
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(folder)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
