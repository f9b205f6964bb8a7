package io.alphakeep.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.config.Failure;
import io.alphakeep.config.Setting;
import io.alphakeep.config.Settings;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bench with a handful of rows: it measures all it says, and nothing of it stays. */
class BenchRunTest {

    /** A warehouse is in {@code public}. */
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Sizes TINY = new Sizes(2, 300, 1, 2, 200, 1, 200, 3, 3, 50, 5, 50);
    private static final String SCHEMAS = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'alpha\\_bench\\_%'";
    private static final String WAREHOUSE = """
            SELECT string_agg(relname || ' ' || relfilenode, ', ' ORDER BY relname) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace
            """;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Notes notes = new Notes(new PrintStream(said, true, StandardCharsets.UTF_8), false);

    private static Settings settings(String user, String password) {
        PostgresServer server = PostgresServer.get();
        return Settings.of(Map.of(), new Properties(), Path.of("target"))
                .with(Setting.DATABASE_URL, server.url(DATABASE.name()))
                .with(Setting.DATABASE_USER, user)
                .with(Setting.DATABASE_PASSWORD, password);
    }

    private static Settings settings() {
        return settings(PostgresServer.get().user(), PostgresServer.get().password());
    }

    private static BenchOptions options(Set<PartName> parts) {
        return new BenchOptions(true, new Rounds(1, 1), TINY, parts);
    }

    private BenchRun running(Part part) {
        return new BenchRun(settings(), options(Set.of(PartName.JSON)), notes, name -> part, Clock.systemUTC());
    }

    @AfterEach
    void nothingStays() {
        assertThat(DATABASE.value(SCHEMAS)).isEqualTo("0");
    }

    @Test
    void everythingIsMeasuredAndTheWarehouseIsAsItWas() throws Exception {
        DATABASE.execute("CREATE TABLE IF NOT EXISTS before_market_data (x int)", "CREATE TABLE stage (x int)");
        String before = DATABASE.value(WAREHOUSE);
        Set<PartName> parts = EnumSet.complementOf(EnumSet.of(PartName.DAILY, PartName.PEERS));
        BenchReport report = new BenchRun(settings(), options(parts), notes).run();
        assertThat(report.comparisons()).hasSizeBetween(24, 25).allSatisfy(line -> {
            assertThat(line.before().values()).hasSize(1);
            assertThat(line.after().values()).hasSize(1);
            assertThat(line.after().technique()).startsWith("alphakeep");
        });
        assertThat(report.comparisons()).extracting(Comparison::section).contains(Section.values());
        assertThat(report.environment()).containsKeys("program", "Java", "server", "way to the server");
        assertThat(report.quick()).isTrue();
        assertThat(DATABASE.value(WAREHOUSE)).isEqualTo(before);
        for (PartName part : parts) {
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("bench: " + part.text() + ", ");
        }
    }

    @Test
    void anExceptionEndsItAndTheSchemaGoes() {
        BenchRun run = running(bench -> {
            assertThat(DATABASE.value(SCHEMAS)).isEqualTo("1");
            throw new IllegalStateException("no");
        });
        assertThatThrownBy(run::run).hasMessage("no");
    }

    @Test
    void closedInTheMiddleItEndsItsStatementsAndGoes() throws Exception {
        CountDownLatch atWork = new CountDownLatch(1);
        BenchRun run = running(bench -> {
            try (Connection connection = bench.target().connect()) {
                connection.setAutoCommit(false);
                Sql.run(connection, "LOCK TABLE alpha_market_data");
                atWork.countDown();
                Sql.run(connection, "SELECT pg_sleep(600)");
            }
            return List.of();
        });
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            Future<BenchReport> report = worker.submit(run::run);
            assertThat(atWork.await(60, TimeUnit.SECONDS)).isTrue();
            run.close();
            assertThat(DATABASE.value(SCHEMAS)).isEqualTo("0");
            assertThatThrownBy(() -> report.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(SQLException.class);
        } finally {
            worker.shutdownNow();
        }
    }

    @Test
    void whatADeadBenchLeftIsRemovedAndWhatALivingOneHasIsNot() throws Exception {
        Target dead = Targets.of(settings(), "alpha_bench_0000dead");
        DATABASE.execute(
                "CREATE SCHEMA alpha_bench_0000dead",
                "COMMENT ON SCHEMA alpha_bench_0000dead IS 'alphakeep bench: scratch tables, removed when it ends'",
                "CREATE TABLE alpha_bench_0000dead.t (x int)",
                "CREATE SCHEMA alpha_bench_somebodys",
                "CREATE SCHEMA alpha_bench_12345678");
        try (Scratch living = Scratch.make(Targets.of(settings(), "alpha_bench_0000beef"))) {
            // As a pooler shows a living bench, whose lock it may hand to us.
            Target pooled = Targets.of(settings(), dead.schema());
            try (Connection session = pooled.connect()) {
                assertThat(session.isValid(5)).isTrue();
                assertThat(Scratch.removeLeftovers(living.target())).isEmpty();
            }
            Await.until(
                    "its session is gone",
                    Duration.ofSeconds(10),
                    () -> DATABASE.value("SELECT count(*) FROM pg_stat_activity WHERE application_name = '"
                                    + dead.schema() + "'")
                            .equals("0"));
            running(bench -> List.of()).run();
            assertThat(said.toString(StandardCharsets.UTF_8))
                    .contains("removed " + dead.schema() + ", left by a bench that was killed")
                    .doesNotContain(living.target().schema());
            assertThat(DATABASE.query(
                            "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'alpha\\_bench%' ORDER BY 1"))
                    .containsExactly(
                            List.of("alpha_bench_0000beef"),
                            List.of("alpha_bench_12345678"),
                            List.of("alpha_bench_somebodys"));
        } finally {
            DATABASE.execute("DROP SCHEMA alpha_bench_somebodys", "DROP SCHEMA alpha_bench_12345678");
        }
    }

    @Test
    void withoutTheRightToMakeASchemaItSaysWhatToGrant() {
        DATABASE.execute("CREATE ROLE bench_nobody LOGIN PASSWORD 'secret'");
        try {
            Settings nobody = settings("bench_nobody", "secret");
            assertThatThrownBy(() -> new BenchRun(nobody, options(Set.of(PartName.DECODE)), notes).run())
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
                        assertThat(failure.next())
                                .isEqualTo("let its role: GRANT CREATE ON DATABASE " + DATABASE.name()
                                        + " TO bench_nobody");
                    });
        } finally {
            DATABASE.execute("DROP ROLE bench_nobody");
        }
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() {
        Settings nowhere = settings().with(Setting.DATABASE_URL, "jdbc:postgresql://127.0.0.1:1/d");
        assertThatThrownBy(() -> new BenchRun(nowhere, options(Set.of(PartName.DECODE)), notes).run())
                .satisfies(
                        e -> assertThat(Trouble.explain((Exception) e, nowhere).kind())
                                .isEqualTo(Failure.Kind.UNAVAILABLE));
    }

    @Test
    void techniquesThatStoreOtherRowsAreFound() throws SQLException {
        DATABASE.execute("CREATE TABLE other (LIKE alpha_market_data)");
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            SameRows same = new SameRows();
            same.look(connection, "one", "other");
            CopyRows.send(connection, "other", CopyRows.encode(List.of(SeriesBars.daily("X", 1, 1))));
            same.look(connection, "one", "other");
            assertThatThrownBy(() -> same.look(connection, "two", "other"))
                    .hasMessageStartingWith("one stored 0 rows, sum 0, but two stored 1 rows");
        }
        DATABASE.execute("DROP TABLE other");
    }
}
