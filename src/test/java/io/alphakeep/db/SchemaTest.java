package io.alphakeep.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alphakeep.config.Failure;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("postgres")
class SchemaTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private Schema schema(String name) {
        return new Schema(
                TestDatabase.flyway(DATABASE.dataSource(), name),
                new Transactions(DATABASE.dataSource(), name, Duration.ofSeconds(5), Duration.ofMinutes(1)));
    }

    @Test
    void aNewSchemaIsMissingThenCurrentAndMigratingAgainDoesNothing() {
        Schema schema = schema("fresh");
        assertThat(schema.state()).isEqualTo(Schema.State.MISSING);
        assertThatThrownBy(schema::requireCurrent).isInstanceOf(Failure.class).hasMessageContaining("fresh");
        assertThat(schema.migrate(false)).isNotEmpty();
        assertThat(schema.state()).isEqualTo(Schema.State.CURRENT);
        assertThat(schema.migrate(false)).isEmpty();
        assertThat(schema.isDemo()).isFalse();
    }

    @Test
    void migratesBesideTheTablesOfOthers() {
        DATABASE.execute("CREATE SCHEMA shared", "CREATE TABLE shared.theirs (id int)");
        assertThat(schema("shared").migrate(false)).isNotEmpty();
    }

    @Test
    void aForeignTableIsLeftAloneAndNamesTheWayOut() {
        DATABASE.execute("CREATE SCHEMA older", "CREATE TABLE older.alpha_market_data (ticker text)");
        assertThatThrownBy(() -> schema("older").migrate(false)).isInstanceOfSatisfying(Failure.class, f -> {
            assertThat(f.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
            assertThat(f.line())
                    .contains("alpha_market_data", "set ALPHAKEEP_SCHEMA")
                    .doesNotContain("adopt");
        });
        assertThat(
                        DATABASE.value(
                                "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'older'"))
                .isEqualTo("1");
    }

    @Test
    void aForeignTableOfAnyOfOurNamesIsSeen() {
        DATABASE.execute("CREATE SCHEMA plan", "CREATE TABLE plan.alpha_fundamental_data (ticker text)");
        assertThat(schema("plan").state()).isEqualTo(Schema.State.FOREIGN);
        assertThatThrownBy(() -> schema("plan").migrate(false)).isInstanceOf(Failure.class);
    }

    @Test
    void aRoleThatMayNotIsToldTheRightThatItLacks() {
        String role = DATABASE.name() + "_guest";
        DATABASE.execute(
                "CREATE ROLE " + role + " LOGIN PASSWORD '"
                        + PostgresServer.get().password() + "'",
                "CREATE SCHEMA closed",
                "GRANT USAGE ON SCHEMA closed, public TO " + role,
                "GRANT SELECT, INSERT ON public.alpha_schema_history TO " + role);
        try {
            String grant = "or: GRANT %s TO " + role;
            assertThat(refused(role, "absent")).contains(grant.formatted("CREATE ON DATABASE " + DATABASE.name()));
            assertThat(refused(role, "closed")).contains(grant.formatted("CREATE ON SCHEMA closed"));
            DATABASE.execute("REVOKE USAGE ON SCHEMA closed FROM " + role);
            assertThat(refused(role, "closed")).contains(grant.formatted("USAGE, CREATE ON SCHEMA closed"));
            DATABASE.execute(
                    "DELETE FROM alpha_schema_history WHERE installed_rank = (SELECT max(installed_rank) FROM alpha_schema_history)");
            assertThat(refused(role, "public")).contains("may not alter the tables", "owner (role postgres)");
        } finally {
            DATABASE.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    private static String refused(String role, String schema) {
        PGSimpleDataSource source = (PGSimpleDataSource) DATABASE.dataSource();
        source.setUser(role);
        Schema guest = new Schema(
                TestDatabase.flyway(source, schema),
                new Transactions(source, schema, Duration.ofSeconds(5), Duration.ofMinutes(1)));
        Failure failure = catchThrowableOfType(Failure.class, () -> guest.migrate(false));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
        return failure.line();
    }

    @Test
    void aSchemaOfANewerProgramIsRefused() {
        Schema schema = schema("newer");
        schema.migrate(false);
        DATABASE.execute(
                "INSERT INTO newer.alpha_schema_history SELECT 99, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', now(), 1, true");
        assertThat(schema.state()).isEqualTo(Schema.State.NEWER);
        assertThatThrownBy(() -> schema.migrate(false)).hasMessageContaining("newer");
        assertThatThrownBy(schema::requireCurrent).hasMessageContaining("newer");
    }

    @Test
    void anEmptyWarehouseCanBeMarkedAsDemoAndOneWithDataCannot() {
        Schema demo = schema("demo");
        demo.migrate(true);
        assertThat(demo.isDemo()).isTrue();
        Schema real = schema("real");
        real.migrate(false);
        DATABASE.execute(
                "INSERT INTO real.alpha_run (started_at, door, host, process, version) VALUES (now(), 'test', 'h', 1, 'v')");
        assertThatThrownBy(() -> real.migrate(true)).hasMessageContaining("real data");
        assertThat(real.isDemo()).isFalse();
    }

    @Test
    void partitionsAreUtcWhateverTheSessionsZone() {
        DATABASE.execute(
                "SET TimeZone = 'Asia/Tokyo'",
                "SELECT create_monthly_partition('alpha_market_data', '2024-11-09')",
                "SET TimeZone = 'America/New_York'",
                "SELECT create_monthly_partition('alpha_market_data', '2024-11-09')",
                "SELECT create_yearly_partition('alpha_market_data', '2019-07-01')",
                "SELECT create_monthly_partition('alpha_market_data', '2019-03-01')");
        assertThat(DATABASE.query("""
                        SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
                        WHERE inhparent = 'alpha_market_data'::regclass ORDER BY 1"""))
                .hasToString(
                        "[[alpha_market_data_2019, FOR VALUES FROM ('2019-01-01 00:00:00+00') TO ('2020-01-01 00:00:00+00')], "
                                + "[alpha_market_data_2024_11, FOR VALUES FROM ('2024-11-01 00:00:00+00') TO ('2024-12-01 00:00:00+00')]]");
    }

    @Test
    void thePartitionFunctionRefusesTablesThatAreNotOurs() {
        DATABASE.execute("CREATE TABLE theirs (at timestamptz) PARTITION BY RANGE (at)");
        assertThatThrownBy(() -> DATABASE.execute("SELECT create_monthly_partition('theirs', '2024-11-09')"))
                .hasMessageContaining("not a partitioned table of alphakeep");
        assertThatThrownBy(() -> DATABASE.execute(
                        "SELECT create_monthly_partition('alpha_run; DROP TABLE alpha_run', '2024-11-09')"))
                .hasMessageContaining("not a partitioned table of alphakeep");
    }

    @Test
    void onlyWhatIsANumberIsANumber() {
        assertThat(
                        DATABASE.query(
                                "SELECT t, alpha_numeric(t) FROM unnest(ARRAY['1.5', '-2', 'None', '-', '', '1e3', '.5', '12.3%', 'NaN', NULL]) t"))
                .hasToString(
                        "[[1.5, 1.5], [-2, -2], [None, null], [-, null], [, null], [1e3, 1000], [.5, 0.5], [12.3%, null], [NaN, null], [null, null]]");
    }
}
