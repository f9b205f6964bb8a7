package io.alphakeep.advise.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.db.Schema;
import io.alphakeep.db.Transactions;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each look sees what is well as well, and what is not as not. */
@Tag("postgres")
class DoctorTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    /** Neither server has TLS: well on this machine, and not on the way to a container. */
    private static Level way() {
        return PostgresServer.get().isHere() ? Level.OK : Level.WARN;
    }

    private Clock clock = Clock.systemUTC();

    @BeforeEach
    void partitionsAhead() {
        DATABASE.execute(
                "SELECT create_monthly_partition('alpha_market_data', (now() + make_interval(months => m))::date) FROM generate_series(0, 4) m");
    }

    private Map<String, Check> examine(DataSource source, String schema) {
        Transactions transactions = new Transactions(source, schema, Duration.ofSeconds(5), Duration.ofMinutes(1));
        DatabaseUrl url = DatabaseUrl.parse(PostgresServer.get().url(DATABASE.name()));
        Given given = new Given(url, 6, Optional.of(false), () -> 3);
        return new Doctor(transactions, new Schema(TestDatabase.flyway(source, schema), transactions), given, clock)
                .examine().stream().collect(Collectors.toMap(Check::id, Function.identity()));
    }

    private Map<String, Check> examine() {
        return examine(DATABASE.dataSource(), "public");
    }

    private static void is(Check check, Level level, String evidence, String fix) {
        assertThat(check.level()).as(check.toString()).isEqualTo(level);
        assertThat(check.evidence()).contains(evidence);
        assertThat(check.fix()).contains(fix);
    }

    @Test
    void allIsWell() {
        Map<String, Check> checks = examine();
        assertThat(checks).hasSize(15);
        assertThat(checks.remove("tls").level()).isEqualTo(way());
        assertThat(checks.values()).allSatisfy(check -> {
            assertThat(check.level()).as(check.toString()).isEqualTo(Level.OK);
            assertThat(check.fix()).isEmpty();
        });
    }

    @Test
    void whatIsNotAsItHasToBeIsSaidWithItsFix() {
        DATABASE.execute(
                "INSERT INTO alpha_policy VALUES ('warehouse', '\"demo\"', now())",
                "INSERT INTO alpha_run (started_at, alive_until, door, host, process, version) VALUES (now(), now() - interval '1 s', 'command', 'h', 1, 'v')",
                "INSERT INTO alpha_watermark (ticker, endpoint, api_function, parked_reason) VALUES ('X', 'OVERVIEW', 'OVERVIEW', 'why')",
                "CREATE INDEX left_behind ON alpha_watch (priority)",
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'left_behind'::regclass",
                "INSERT INTO alpha_schema_history (installed_rank, version, description, type, script, installed_by, execution_time, success) VALUES (999, '999', 'later', 'SQL', 'V999__later.sql', 'x', 1, true)",
                "ALTER DATABASE " + DATABASE.name() + " SET default_transaction_read_only = on");
        try {
            clock = Clock.fixed(Instant.now().plus(Duration.ofDays(3_000)), ZoneOffset.UTC);
            Map<String, Check> checks = examine();
            is(checks.get("mark"), Level.FAIL, "simulated data, but the API is the real one", "alphakeep migrate");
            is(checks.get("runs"), Level.WARN, "1 of 1 runs in 7 days", "nothing to mend");
            is(checks.get("parked"), Level.WARN, "1 of 1 series", "watch retry");
            is(checks.get("indexes"), Level.WARN, "public.left_behind", "DROP INDEX CONCURRENTLY public.left_behind;");
            is(checks.get("schema"), Level.FAIL, "newer alphakeep", "that version");
            is(checks.get("writable"), Level.FAIL, "default_transaction_read_only", "RESET");
            is(checks.get("clock"), Level.FAIL, "is behind", "time service");
            is(checks.get("partitions"), Level.FAIL, "5 partitions, 0 months ahead", "alphakeep maintain partitions");
        } finally {
            DATABASE.execute(
                    "SET default_transaction_read_only = off",
                    "ALTER DATABASE " + DATABASE.name() + " RESET default_transaction_read_only",
                    "DELETE FROM alpha_policy",
                    "DELETE FROM alpha_run",
                    "DELETE FROM alpha_watermark",
                    "DROP INDEX left_behind",
                    "DELETE FROM alpha_schema_history WHERE installed_rank = 999");
        }
    }

    @Test
    void withoutTablesTheServerIsLookedAtAllTheSame() {
        Map<String, Check> checks = examine(DATABASE.dataSource(), "elsewhere");
        is(checks.get("schema"), Level.FAIL, "elsewhere has no tables", "alphakeep migrate");
        assertThat(List.of("mark", "privileges", "partitions", "indexes", "runs", "parked"))
                .allSatisfy(id -> is(checks.get(id), Level.SKIP, "there are no tables of ours", ""));
        assertThat(checks.get("tls").level()).isEqualTo(way());
        assertThat(List.of("clock", "pooler", "disk"))
                .allSatisfy(id -> assertThat(checks.get(id).level()).isEqualTo(Level.OK));
    }

    @Test
    void withoutADatabaseEveryLookSaysThatItWasNotDone() {
        Map<String, Check> checks = examine(PostgresServer.get().dataSource("no_such_database"), "public");
        is(checks.remove("database"), Level.FAIL, "no_such_database", "ALPHAKEEP_DATABASE_URL");
        assertThat(checks.values()).hasSize(14).allSatisfy(check -> is(check, Level.SKIP, "out of reach", ""));
        assertThat(Doctor.withoutDatabase("none", "set it"))
                .extracting(Check::id)
                .hasSize(15)
                .containsAll(checks.keySet());
    }

    /** What the fix says, done by the owner, mends it: nothing is missing from it, and nothing is too much to be granted. */
    @Test
    void theGrantsThatAreMissingAreNamedAsTheyAreToBeGiven() {
        String role = DATABASE.name() + "_writer";
        DATABASE.execute(
                "CREATE ROLE " + role + " LOGIN CONNECTION LIMIT 5 PASSWORD '"
                        + PostgresServer.get().password() + "'",
                "REVOKE USAGE ON SCHEMA public FROM PUBLIC");
        DataSource source = as(role);
        try {
            Check lacks = examine(source, "public").get("privileges");
            is(lacks, Level.FAIL, "lacks 15 grants", "GRANT USAGE ON SCHEMA \"public\" TO " + role + ";");
            assertThat(lacks.fix())
                    .contains("GRANT SELECT, INSERT, UPDATE, DELETE ON public.alpha_market_data TO " + role + ";")
                    .contains("GRANT EXECUTE ON FUNCTION public.create_monthly_partition(text,date) TO " + role + ";");
            DATABASE.execute(lacks.fix());
            Map<String, Check> checks = examine(source, "public");
            is(
                    checks.get("privileges"),
                    Level.OK,
                    "migrate, maintain and policy set want the owner, role postgres",
                    "");
            is(checks.get("connections"), Level.WARN, "a run needs up to 6", "CONNECTION LIMIT");
        } finally {
            DATABASE.execute("GRANT USAGE ON SCHEMA public TO PUBLIC", "DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    private static DataSource as(String role) {
        org.postgresql.ds.PGSimpleDataSource source =
                (org.postgresql.ds.PGSimpleDataSource) PostgresServer.get().dataSource(DATABASE.name());
        source.setUser(role);
        return source;
    }

    @Test
    void anUnencryptedWayToAnotherMachineIsSaid() throws Exception {
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            is(new Tls(false).at(connection, "tls"), Level.WARN, "not encrypted", "sslmode=verify-full");
        }
    }

    @Test
    void anExtensionThatIsThereIsNamed() throws Exception {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(new Extensions().at(connection, "extensions").evidence()).contains("is not installed");
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
            assertThat(new Extensions().at(connection, "extensions").evidence()).startsWith("pg_stat_statements 1");
            statement.execute("DROP EXTENSION pg_stat_statements");
        }
    }

    @ParameterizedTest
    @CsvSource({"14,FAIL", "15,OK", "18,OK", "19,WARN"})
    void versions(int major, Level level) {
        assertThat(Version.judge("database", major, "x").level()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"1999,OK", "-1999,OK", "2001,WARN", "-2001,WARN", "60000,WARN", "60001,FAIL", "-60001,FAIL"})
    void skews(long millis, Level level) {
        assertThat(ClockSkew.judge("clock", Duration.ofMillis(millis), Duration.ZERO)
                        .level())
                .isEqualTo(level);
    }

    /** From there on a permit comes back too old to be used, but for what the server takes. */
    @ParameterizedTest
    @CsvSource({"90,OK", "91,WARN", "190,WARN", "191,FAIL"})
    void waysToTheDatabase(long millis, Level level) {
        assertThat(ClockSkew.judge("clock", Duration.ZERO, Duration.ofMillis(millis))
                        .level())
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"0,0,3,WARN", "5,0,3,FAIL", "5,1,3,WARN", "5,1,1,OK", "5,2,3,OK"})
    void monthsAhead(int partitions, int ahead, int kept, Level level) {
        assertThat(PartitionsAhead.judge("partitions", partitions, ahead, kept).level())
                .isEqualTo(level);
    }

    @Test
    void theHostOfTheApi() throws Exception {
        Duration timeout = Duration.ofSeconds(5);
        int port;
        try (ServerSocket server = new ServerSocket(0)) {
            port = server.getLocalPort();
            is(
                    ApiHost.check(URI.create("http://127.0.0.1:" + port + "/query"), timeout),
                    Level.OK,
                    "nothing was asked",
                    "");
        }
        is(
                ApiHost.check(URI.create("http://127.0.0.1:" + port + "/query"), timeout),
                Level.FAIL,
                "can't be reached",
                "ALPHAKEEP_API_URL");
        is(
                ApiHost.check(URI.create("https://no-such-host.invalid/query"), timeout),
                Level.FAIL,
                "has no address",
                "name service");
    }
}
