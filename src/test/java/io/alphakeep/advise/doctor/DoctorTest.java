package io.alphakeep.advise.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.db.Schema;
import io.alphakeep.db.Transactions;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
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
import org.postgresql.ds.PGSimpleDataSource;

/** Each look sees what is well as well, and what is not as not. */
@Tag("postgres")
class DoctorTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String GRANTS = """
            GRANT USAGE ON SCHEMA "public" TO ROLE;
            GRANT SELECT, INSERT, UPDATE, DELETE ON public.alpha_market_data TO ROLE;
            GRANT SELECT, INSERT, UPDATE ON public.alpha_fundamental_data TO ROLE;
            GRANT SELECT, INSERT, UPDATE ON public.alpha_run TO ROLE;
            GRANT SELECT, INSERT ON public.alpha_request TO ROLE;
            GRANT SELECT, INSERT, UPDATE ON public.alpha_watermark TO ROLE;
            GRANT SELECT, INSERT ON public.alpha_reject TO ROLE;
            GRANT SELECT, INSERT, UPDATE ON public.alpha_budget TO ROLE;
            GRANT SELECT, INSERT, UPDATE, DELETE ON public.alpha_watch TO ROLE;
            GRANT SELECT ON public.alpha_policy TO ROLE;
            GRANT SELECT, INSERT ON public.alpha_maintenance TO ROLE;
            GRANT SELECT, INSERT, UPDATE ON public.alpha_tick TO ROLE;
            GRANT SELECT ON public.alpha_schema_history TO ROLE;
            GRANT EXECUTE ON FUNCTION public.create_monthly_partition(text,date) TO ROLE;
            GRANT EXECUTE ON FUNCTION public.create_yearly_partition(text,date) TO ROLE;
            """.strip();

    /** Neither server has TLS: well on this machine, and not on the way to a container. */
    private static Level way() {
        return PostgresServer.get().isHere() ? Level.OK : Level.WARN;
    }

    private static boolean seesTheDisk() {
        return !"container".equals(System.getProperty("test.postgres"));
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
        // How much room there is is this machine's business.
        assertThat(checks.remove("disk").evidence())
                .contains("the database takes ", seesTheDisk() ? " GiB are free (" : "not looked at");
        is(checks.get("database"), Level.OK, "/" + DATABASE.name() + ", as role postgres", "");
        is(checks.get("connections"), Level.OK, " of 97 connections are in use, room for ", "");
        is(checks.get("partitions"), Level.OK, "5 partitions, 4 months ahead of now; the policy keeps 3", "");
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
        assertThat(List.of("clock", "pooler", "extensions"))
                .allSatisfy(id -> assertThat(checks.get(id).level()).isEqualTo(Level.OK));
    }

    @Test
    void anOlderSchemaAndSomebodyElsesTablesAreTold() {
        DATABASE.execute(
                "CREATE TABLE kept AS SELECT * FROM alpha_schema_history WHERE version = '009'",
                "DELETE FROM alpha_schema_history WHERE version = '009'",
                "CREATE SCHEMA foreigner",
                "CREATE TABLE foreigner.alpha_market_data (ticker text)");
        try {
            Map<String, Check> checks = examine();
            is(
                    checks.get("schema"),
                    Level.FAIL,
                    "older than this program, it lacks 009 partition dates",
                    "alphakeep migrate");
            assertThat(checks.get("privileges").level())
                    .as("looked at all the same")
                    .isEqualTo(Level.OK);
            checks = examine(DATABASE.dataSource(), "foreigner");
            is(checks.get("schema"), Level.FAIL, "which somebody else made", "ALPHAKEEP_SCHEMA");
            is(checks.get("privileges"), Level.SKIP, "there are no tables of ours", "");
        } finally {
            DATABASE.execute(
                    "INSERT INTO alpha_schema_history SELECT * FROM kept",
                    "DROP TABLE kept",
                    "DROP SCHEMA foreigner CASCADE");
        }
    }

    @Test
    void whatIsFineOrLongAgoIsNoFinding() {
        String line = "INSERT INTO alpha_run (started_at, alive_until, outcome, door, host, process, version) VALUES (";
        DATABASE.execute(
                line + "now(), now() + interval '1 min', NULL, 'command', 'h', 1, 'v')",
                line + "now() - interval '1 h', now() - interval '1 h', 'done', 'command', 'h', 1, 'v')",
                line + "now() - interval '8 days', now() - interval '8 days', NULL, 'command', 'h', 1, 'v')",
                "INSERT INTO alpha_watermark (ticker, endpoint, api_function) VALUES ('X', 'OVERVIEW', 'OVERVIEW')");
        try {
            Map<String, Check> checks = examine();
            is(checks.get("runs"), Level.OK, "none of 2 runs in 7 days was killed", "");
            is(checks.get("parked"), Level.OK, "0 of 1 series", "");
        } finally {
            DATABASE.execute("DELETE FROM alpha_run", "DELETE FROM alpha_watermark");
        }
    }

    @Test
    void aHoleAheadAndALimitOfTheDatabaseAreSeen() {
        String next = DATABASE.value("SELECT to_char(now() AT TIME ZONE 'UTC' + interval '2 months', 'YYYY_MM')");
        DATABASE.execute(
                "DROP TABLE alpha_market_data_" + next, "ALTER DATABASE " + DATABASE.name() + " CONNECTION LIMIT 5");
        try {
            Map<String, Check> checks = examine();
            is(checks.get("partitions"), Level.WARN, "4 partitions, 1 months ahead", "alphakeep maintain partitions");
            is(checks.get("connections"), Level.WARN, "a run needs up to 6", "CONNECTION LIMIT");
        } finally {
            DATABASE.execute("ALTER DATABASE " + DATABASE.name() + " CONNECTION LIMIT -1");
        }
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
            assertThat(lacks.fix().split("(?<=;) "))
                    .containsExactlyInAnyOrder(GRANTS.replace("ROLE", role).split("\n"));
            DATABASE.execute(lacks.fix());
            Map<String, Check> checks = examine(source, "public");
            assertThat(checks.get("disk").evidence())
                    .as("not for such a role to know")
                    .contains("not looked at");
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
        PGSimpleDataSource source = (PGSimpleDataSource) PostgresServer.get().dataSource(DATABASE.name());
        source.setUser(role);
        return source;
    }
}
