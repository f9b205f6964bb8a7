package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Packaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server ends with the last command that uses it, however the commands end. */
@Tag("local-part")
class LocalServerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** One home for all: the first start fills it, the others go on with it. */
    @TempDir
    static Path folder;

    /** Slow enough to be met in the middle of its fifty requests. */
    private static Packaged program(int requestsPerSecond) {
        return new Packaged(folder).with("ALPHAKEEP_REQUESTS_PER_SECOND", Integer.toString(requestsPerSecond));
    }

    private static Path pidFile() {
        return folder.resolve("home/postgres/data-18/postmaster.pid");
    }

    private record Server(long pid, int port) {
        static Server read() throws IOException {
            List<String> lines = Files.readAllLines(pidFile());
            return new Server(
                    Long.parseLong(lines.get(0).strip()),
                    Integer.parseInt(lines.get(3).strip()));
        }

        String value(String sql) throws SQLException {
            try (Connection connection = DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + port + "/alphakeep_demo", "postgres", "");
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                result.next();
                return result.getString(1);
            }
        }
    }

    private static Server inTheMiddleOf(Packaged.Running running) throws IOException {
        Await.until(
                "the run that is open has answers",
                PATIENCE,
                () -> Server.read()
                        .value("""
                                SELECT count(*) FROM alpha_request WHERE run = (
                                    SELECT max(run) FROM alpha_run WHERE process = %d)""".formatted(running.process().pid()))
                        .matches("[1-9]\\d*"));
        return Server.read();
    }

    private static void assertStopped(Server server) {
        assertThat(pidFile()).doesNotExist();
        assertThat(ProcessHandle.of(server.pid()).filter(ProcessHandle::isAlive))
                .as("postmaster")
                .isEmpty();
    }

    @Test
    void sigtermEndsTheServerAfterTheLastCommit() throws IOException, InterruptedException {
        Packaged.Running running = program(2).start("ingest", "--refresh", "--json");
        Server server = inTheMiddleOf(running);
        running.process().destroy();
        assertThat(running.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        Packaged.Finished finished = running.await();
        assertThat(finished.exitCode()).as(finished.all()).isEqualTo(143);
        assertThat(finished.out()).contains("\"outcome\":\"stopped\"");
        assertThat(finished.err()).doesNotContain("\tat ");
        assertStopped(server);
    }

    @Test
    void anOrphanIsAdoptedAndStopped() throws IOException {
        Packaged.Running running = program(2).start("ingest", "--refresh");
        Server server = inTheMiddleOf(running);
        running.process().destroyForcibly();
        running.await();
        assertThat(server.pid()).isEqualTo(Server.read().pid());

        Packaged.Finished next = program(2).run("status");
        assertThat(next.exitCode()).as(next.all()).isZero();
        assertThat(next.all()).contains("127.0.0.1:" + server.port());
        assertStopped(server);
    }

    @Test
    void twoCommandsShareOneServer() throws IOException {
        Packaged.Running first = program(2).start("ingest", "--refresh", "--max-requests", "30");
        Server server = inTheMiddleOf(first);
        Packaged.Finished second = program(2).run("status");
        assertThat(second.exitCode()).as(second.all()).isZero();
        assertThat(second.all()).contains("127.0.0.1:" + server.port());
        assertThat(first.process().isAlive()).as("the first one still works").isTrue();
        assertThat(Server.read()).isEqualTo(server);

        Packaged.Finished finished = first.await();
        assertThat(finished.exitCode()).as(finished.all()).isZero();
        assertStopped(server);
    }
}
