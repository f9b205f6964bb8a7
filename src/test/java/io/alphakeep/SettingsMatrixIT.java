package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.local.StandIn;
import io.alphakeep.local.StandInOptions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.Relay;
import io.alphakeep.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Simulated data never enters a real warehouse, nor real data a demo one, whatever is set and whatever is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsMatrixIT {

    private static final Pattern PSQL = Pattern.compile("psql postgres://postgres@(127\\.0\\.0\\.1:\\d+)/");
    private static final String[] INGEST = {"ingest", "--only", "IBM", "--function", "TIME_SERIES_MONTHLY", "OVERVIEW"};

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    static Path folder;

    private StandIn standIn;
    private Relay real;

    @BeforeAll
    void servers() {
        standIn = StandIn.start(StandInOptions.defaults());
        real = Relay.withoutHeaders(standIn.url());
        Packaged.Finished demo =
                withDatabase("demo").with("ALPHAKEEP_API_KEY", "any").run("migrate", "--demo");
        assertThat(demo.exitCode()).as(demo.all()).isZero();
    }

    @AfterAll
    void stop() {
        real.close();
        standIn.close();
    }

    private Packaged program() {
        return new Packaged(folder);
    }

    private Packaged withDatabase(String schema) {
        return program()
                .with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(DATABASE.name()))
                .with("ALPHAKEEP_DATABASE_USER", "postgres")
                .with("ALPHAKEEP_SCHEMA", schema);
    }

    private String simulatedUrl() {
        return standIn.url().toString();
    }

    private static long stored(String schema) {
        return Long.parseLong(DATABASE.value(
                "SELECT (SELECT count(*) FROM %1$s.alpha_market_data) + (SELECT count(*) FROM %1$s.alpha_fundamental_data)"
                        .formatted(schema)));
    }

    private static void check(Packaged.Finished finished, int exitCode, String... parts) {
        assertThat(finished.exitCode()).as(finished.all()).isEqualTo(exitCode);
        assertThat(finished.all()).doesNotContain("\tat ");
        for (String part : parts) {
            assertThat(finished.all()).contains(part);
        }
    }

    @Test
    void databaseAndKey() {
        String home = "home-unused";
        Packaged demo = withDatabase("demo")
                .with("ALPHAKEEP_API_KEY", "any")
                .with("ALPHAKEEP_HOME", folder.resolve(home).toString());
        check(demo.with("ALPHAKEEP_API_URL", real.url()).run(INGEST), 78, "marked as demo", "nothing was stored");
        assertThat(stored("demo")).isZero();
        check(demo.with("ALPHAKEEP_API_URL", simulatedUrl()).run(INGEST), 0, "simulated market");
        assertThat(stored("demo")).isGreaterThan(100);

        Packaged plain = withDatabase("public")
                .with("ALPHAKEEP_API_KEY", "any")
                .with("ALPHAKEEP_HOME", folder.resolve(home).toString());
        check(plain.with("ALPHAKEEP_API_URL", simulatedUrl()).run(INGEST), 78, "stand-in", "nothing was stored");
        assertThat(stored("public")).isZero();
        Packaged.Finished done = plain.with("ALPHAKEEP_API_URL", real.url()).run(INGEST);
        check(done, 0);
        assertThat(done.all()).doesNotContain("simulated");
        assertThat(stored("public")).isEqualTo(stored("demo"));

        // No embedded part: nothing of it on the disk.
        assertThat(folder.resolve(home)).doesNotExist();
        // A warehouse with data cannot be turned into a demo one.
        check(plain.run("migrate", "--demo"), 78, "holds real data");
    }

    @Test
    void aDatabaseWithoutAKey() {
        Packaged.Finished refused = withDatabase("public").run(INGEST);
        check(refused, 78, "ALPHAKEEP_DATABASE_URL is set, but no key", "ALPHAKEEP_API_KEY");
        assertThat(refused.out()).isEmpty();
        check(withDatabase("public").with("ALPHAKEEP_API_URL", simulatedUrl()).run("ingest"), 78, "ALPHAKEEP_API_KEY");
        check(withDatabase("public").run("status"), 0);
        check(withDatabase("public").run("watch", "list"), 0);
        check(withDatabase("public").run("plan", "--only", "MSFT", "--function", "OVERVIEW"), 0, "OVERVIEW");
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void aUrlAlone() {
        Packaged.Finished refused =
                program().with("ALPHAKEEP_API_URL", simulatedUrl()).run("ingest");
        check(refused, 78, "ALPHAKEEP_API_URL is set, but no key", "ALPHAKEEP_API_KEY");
        assertThat(refused.err().lines()).hasSize(1);
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void whatKubernetesInjectsAndMigrateAuto() {
        Packaged program = withDatabase("fresh")
                .with("ALPHAKEEP_API_KEY", "any")
                .with("ALPHAKEEP_API_URL", real.url())
                .with("ALPHAKEEP_MIGRATE", "auto")
                .with("ALPHAKEEP_PORT", "tcp://10.0.0.1:80")
                .with("ALPHAKEEP_PORT_80_TCP", "tcp://10.0.0.1:80")
                .with("ALPHAKEEP_PORT_80_TCP_PORT", "80")
                .with("ALPHAKEEP_SERVICE_HOST", "10.0.0.1")
                .with("ALPHAKEEP_SERVICE_PORT", "80");
        Packaged.Finished done = program.run(INGEST);
        check(done, 0);
        assertThat(done.err().lines()).as("the months ahead").hasSize(4).allMatch(line -> line.endsWith(": done"));
        assertThat(stored("fresh")).isGreaterThan(100);
        assertThat(DATABASE.value("SELECT count(*) FROM fresh.alpha_policy")).isEqualTo("0");
    }

    @Test
    @Tag("local-part")
    void aKeyWithoutADatabase() throws SQLException {
        Path home = folder.resolve("home-key");
        Packaged program = program().with("ALPHAKEEP_HOME", home.toString());
        Packaged.Running keeper = program.start("database");
        try {
            Await.until(
                    "the local server is up",
                    Duration.ofSeconds(90),
                    () -> PSQL.matcher(keeper.out()).find());
            Matcher place = PSQL.matcher(keeper.out());
            assertThat(place.find()).isTrue();
            String url = "jdbc:postgresql://" + place.group(1) + "/";

            program.with("ALPHAKEEP_API_KEY", "any");
            check(program.with("ALPHAKEEP_API_URL", simulatedUrl()).run(INGEST), 78, "stand-in", "nothing was stored");
            String rows =
                    "SELECT (SELECT count(*) FROM alpha_market_data) + (SELECT count(*) FROM alpha_fundamental_data)";
            assertThat(first(url + "alphakeep", rows)).isEqualTo("0");
            check(program.with("ALPHAKEEP_API_URL", real.url()).run(INGEST), 0, "/alphakeep");
            assertThat(Long.parseLong(first(url + "alphakeep", rows))).isGreaterThan(100);
            assertThat(first(url + "alphakeep", "SELECT count(*) FROM alpha_policy"))
                    .isEqualTo("0");
            assertThat(first(url + "alphakeep_demo", "SELECT count(*) FROM pg_class WHERE relname LIKE 'alpha%'"))
                    .isEqualTo("0");
        } finally {
            keeper.process().destroy();
            keeper.await();
        }
        assertThat(Files.exists(home.resolve("postgres/data-18/postmaster.pid")))
                .as("the server ended with its last user")
                .isFalse();
    }

    private static String first(String url, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values.get(0);
    }
}
