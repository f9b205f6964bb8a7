package io.alphakeep.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * PgBouncer in transaction mode before the tests' server, as a process of its own. Each transaction gets the session that
 * has rested longest: what depends on one is seen at once. Skipped where it is not installed, unless
 * {@code TESTS_REQUIRE_PGBOUNCER=true}.
 */
public final class PgBouncer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
    private static final int SESSIONS = 6;

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Users are let in without password. */
    public static PgBouncer start(Path folder, PostgresServer server) throws IOException {
        boolean required = Boolean.parseBoolean(System.getenv("TESTS_REQUIRE_PGBOUNCER"));
        Assumptions.assumeTrue(required || Files.isExecutable(PROGRAM), PROGRAM + " is not installed");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        URI to = URI.create(server.url("any").substring("jdbc:".length()));
        // It does not run as root, and the user that it runs as must get at its settings.
        Path settings = Files.createTempFile("pgbouncer", ".ini");
        Path users = Files.createTempFile("pgbouncer", ".txt");
        Files.writeString(users, "\"postgres\" \"" + server.password() + "\"\n");
        Files.writeString(settings, """
                [databases]
                * = host=%s port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = transaction
                default_pool_size = %d
                min_pool_size = %d
                server_round_robin = 1
                ignore_startup_parameters = extra_float_digits
                """.formatted(to.getHost(), to.getPort(), port, users, SESSIONS, SESSIONS));
        for (Path file : List.of(settings, users)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
        ProcessBuilder builder = System.getProperty("user.name").equals("root")
                ? new ProcessBuilder(
                        "setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        PROGRAM.toString(),
                        settings.toString())
                : new ProcessBuilder(PROGRAM.toString(), settings.toString());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                .start();
        PgBouncer pooler = new PgBouncer(process, port);
        try {
            Await.until("PgBouncer listens", Duration.ofSeconds(20), () -> {
                try (Socket socket = new Socket("127.0.0.1", port)) {
                    return socket.isConnected();
                }
            });
        } catch (AssertionError e) {
            pooler.close();
            throw new AssertionError(Files.readString(folder.resolve("pgbouncer.log")), e);
        } finally {
            Files.delete(settings);
            Files.delete(users);
        }
        return pooler;
    }

    /** The address of a database through it, as the settings want it. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
