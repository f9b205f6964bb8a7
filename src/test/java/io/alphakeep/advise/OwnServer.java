package io.alphakeep.advise;

import io.alphakeep.db.Schema;
import io.alphakeep.db.Transactions;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A server of a test's own with the tables made, whose settings stand in its files alone: what an operator sets can be set,
 * also what takes a restart. The embedded server has settings on its command line, which nothing overrules.
 */
final class OwnServer implements AutoCloseable {

    private static final int COMMAND_SECONDS = 60;
    private static final int SEGMENT_BYTES = 256 * 1024;

    private final Path programs;
    private final Path data;
    private final int port;

    private OwnServer(Path programs, Path data, int port) {
        this.programs = programs;
        this.data = data;
        this.port = port;
    }

    /** Of the programs of the server that the tests share, which is an embedded one here. */
    static OwnServer embedded(Path folder) throws IOException, SQLException {
        List<String> programs = column(
                PostgresServer.get().dataSource("postgres"), "SELECT setting FROM pg_config() WHERE name = 'BINDIR'");
        return installed(Path.of(programs.get(0)), folder);
    }

    /** Of the programs in a folder. */
    static OwnServer installed(Path programs, Path folder) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        OwnServer server = new OwnServer(programs, folder.resolve("data"), port);
        server.command("initdb", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync");
        server.configure("port = " + port);
        server.configure("unix_socket_directories = ''");
        server.configure("listen_addresses = '127.0.0.1'");
        server.control("start");
        new Schema(TestDatabase.flyway(server.source("postgres"), "public"), server.transactions("postgres"))
                .migrate(false);
        return server;
    }

    private void command(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // As the embedded server does: PostgreSQL does not run as root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-D", data.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("failed: " + command);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void control(String verb) throws IOException {
        command(
                "pg_ctl",
                verb,
                "--silent",
                "--wait",
                "-l",
                data.resolveSibling("server.log").toString());
    }

    /** All sessions end; the settings are what the files say. */
    void restart() throws IOException {
        control("restart");
    }

    /**
     * As if so many transactions had been: the next one's id.
     *
     * @param segment the name of the file of the commit log where that id is the first
     */
    void skipTransactionsTo(long next, String segment) throws IOException {
        control("stop");
        command("pg_resetwal", "--next-transaction-id=" + next);
        Files.write(data.resolve("pg_xact").resolve(segment), new byte[SEGMENT_BYTES]);
        control("start");
    }

    /** From its next start on it waits for what a primary sends, and takes no writes. */
    void becomeStandby() throws IOException {
        Files.createFile(data.resolve("standby.signal"));
        restart();
    }

    /** As a failover does. */
    void promote() throws IOException {
        control("promote");
    }

    /** A line of postgresql.conf; the last one wins. */
    void configure(String line) throws IOException {
        Files.writeString(data.resolve("postgresql.conf"), line + "\n", StandardOpenOption.APPEND);
    }

    DataSource source(String role) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setPortNumbers(new int[] {port});
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setDatabaseName("postgres");
        source.setUser(role);
        return source;
    }

    Transactions transactions(String role) {
        return new Transactions(source(role), "public", Duration.ofSeconds(5), Duration.ofMinutes(1));
    }

    /** Each by itself, in one session. */
    void execute(List<String> statements) throws SQLException {
        try (Connection connection = source("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    void execute(String... statements) throws SQLException {
        execute(List.of(statements));
    }

    /** The SQLSTATE by which the first of them fails; empty when none does. */
    String fails(String... statements) {
        try {
            execute(statements);
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    /** The first column of all rows. */
    List<String> column(String sql) throws SQLException {
        return column(source("postgres"), sql);
    }

    private static List<String> column(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        }
    }

    /** All that the script may change, but for what it can't bring back: an index that was half-built. */
    List<String> state() throws SQLException {
        return column("""
                SELECT concat_ws(' ', name, setting, source, sourcefile) FROM pg_settings WHERE source NOT IN ('client', 'session')
                UNION ALL
                SELECT concat_ws(' ', setdatabase, setrole, setconfig) FROM pg_db_role_setting
                UNION ALL
                SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname <> 'left_behind'
                                                      AND tablename <> 'alpha_many'
                UNION ALL
                SELECT concat_ws(' ', relname, reloptions, pg_get_expr(relpartbound, 0)) FROM pg_class
                WHERE relkind IN ('r', 'p') AND relname LIKE 'alpha\\_%' AND relname !~ '^alpha_(many|large)'
                ORDER BY 1
                """);
    }

    @Override
    public void close() throws IOException {
        command("pg_ctl", "stop", "--mode=immediate");
    }
}
