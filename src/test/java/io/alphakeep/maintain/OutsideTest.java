package io.alphakeep.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Transactions;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("postgres")
class OutsideTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    @BeforeAll
    static void table() {
        DATABASE.execute("CREATE TABLE t (a int, b text)", "INSERT INTO t SELECT 1, 'x'");
    }

    private static Outside outside(Brake brake, Duration patience, Duration longest) {
        return new Outside(DATABASE.transactions().withStatementTimeout(longest), brake, patience);
    }

    private static Outside outside(Duration patience) {
        return outside(new Brake(), patience, Duration.ofMinutes(1));
    }

    private static Connection holder(String sql) throws SQLException {
        Connection connection = DATABASE.dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    @Test
    void runsWhatIsRefusedInsideOfATransaction() {
        outside(Duration.ofSeconds(5)).run("CREATE INDEX CONCURRENTLY t_a ON public.t (a)");
        outside(Duration.ofSeconds(5)).run("VACUUM (ANALYZE) public.t");
        assertThat(DATABASE.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 't_a'::regclass"))
                .isEqualTo("t");
    }

    /** The server shows the first 1024 bytes of a statement only. */
    @Test
    void aLongStatementGivesWayAsWellAsAShortOne() throws SQLException {
        String sql = "CREATE INDEX CONCURRENTLY t_long ON public.t (a) WHERE b <> '" + "x".repeat(3000) + "'";
        try (Connection holder = holder("LOCK TABLE t IN SHARE UPDATE EXCLUSIVE MODE")) {
            assertThatThrownBy(() -> outside(Duration.ofMillis(300)).run(sql))
                    .isInstanceOfSatisfying(DatabaseException.class, e -> {
                        assertThat(e.state()).isEqualTo("55P03");
                        assertThat(e.getMessage()).matches("waited 300 ms for the session of process \\d+");
                    });
            holder.rollback();
        }
    }

    @Test
    void twoThatRunTheSameAreToldApart() throws SQLException {
        String sql = "VACUUM public.t";
        try (Connection holder = holder("LOCK TABLE t IN SHARE UPDATE EXCLUSIVE MODE")) {
            CompletableFuture<Void> patient = CompletableFuture.runAsync(
                    () -> outside(Duration.ofSeconds(30)).run(sql));
            Await.until(
                    "the patient one waits",
                    Duration.ofSeconds(10),
                    () -> DATABASE.value(WAITING).equals("1"));
            assertThatThrownBy(() -> outside(Duration.ofMillis(300)).run(sql)).hasMessageContaining("waited 300 ms");
            assertThat(patient).isNotDone();
            holder.rollback();
            patient.join();
        }
    }

    @Test
    void aStatementThatDoesNotWaitIsNotHurried() {
        outside(Duration.ofMillis(1)).run("SELECT pg_sleep(0.5)");
    }

    @Test
    void theBrakeEndsIt() throws SQLException {
        Brake brake = new Brake();
        try (Connection holder = holder("LOCK TABLE t IN SHARE UPDATE EXCLUSIVE MODE")) {
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() ->
                    outside(brake, Duration.ofMinutes(1), Duration.ofMinutes(1)).run("VACUUM public.t"));
            Await.until(
                    "it waits",
                    Duration.ofSeconds(10),
                    () -> DATABASE.value(WAITING).equals("1"));
            brake.stop();
            assertThatThrownBy(waiting::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            DatabaseException.class, e -> assertThat(e.state()).isEqualTo("57014"));
            holder.rollback();
        }
        assertThatThrownBy(() -> outside(brake, Duration.ofMinutes(1), Duration.ofMinutes(1))
                        .run("VACUUM public.t"))
                .hasMessageContaining("stopped");
    }

    @Test
    void aStatementThatTakesTooLongIsEnded() {
        assertThatThrownBy(() -> outside(new Brake(), Duration.ofMinutes(1), Duration.ofSeconds(1))
                        .run("SELECT pg_sleep(20)"))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.state()).isEqualTo("57014"));
    }

    /** An administrator's limit on the role, or on the database, ends what would be allowed to take hours. */
    @ParameterizedTest
    @CsvSource({
        "ALTER ROLE %1$s, ALTER ROLE %1$s",
        "ALTER DATABASE %2$s, ALTER ROLE %1$s",
        "ALTER ROLE %1$s IN DATABASE %2$s, ALTER ROLE %1$s IN DATABASE %2$s"
    })
    void aLimitOfTheRoleOrTheDatabaseIsNamedWithItsCure(String alter, String cure) {
        String role = "limited_" + DATABASE.name();
        DATABASE.execute(
                "DROP ROLE IF EXISTS " + role,
                "CREATE ROLE " + role + " LOGIN PASSWORD 'x'",
                alter.formatted(role, DATABASE.name()) + " SET statement_timeout = '300ms'");
        try {
            PGSimpleDataSource source = (PGSimpleDataSource) DATABASE.dataSource();
            source.setUser(role);
            source.setPassword("x");
            Transactions limited = new Transactions(source, "public", Duration.ofSeconds(5), Duration.ofMinutes(1));
            Outside outside = new Outside(limited, new Brake(), Duration.ofSeconds(20));
            assertThatThrownBy(() -> outside.run("SELECT pg_sleep(20)"))
                    .isInstanceOfSatisfying(DatabaseException.class, e -> {
                        assertThat(e.state()).isEqualTo("55P03");
                        assertThat(e.getMessage())
                                .contains("statement_timeout", "300ms")
                                .containsPattern("after \\d+ ms")
                                .contains(cure.formatted(role, DATABASE.name()) + " SET statement_timeout = 0");
                    });
            // The cure helps.
            DATABASE.execute(cure.formatted(role, DATABASE.name()) + " SET statement_timeout = 0");
            outside.run("SELECT pg_sleep(0.5)");
        } finally {
            DATABASE.execute(
                    "ALTER DATABASE " + DATABASE.name() + " RESET statement_timeout",
                    "ALTER ROLE " + role + " IN DATABASE " + DATABASE.name() + " RESET ALL");
        }
    }

    @Test
    void whatSomebodyCancelledIsToldSo() {
        CompletableFuture<Void> running =
                CompletableFuture.runAsync(() -> outside(Duration.ofSeconds(20)).run("SELECT pg_sleep(19)"));
        Await.until(
                "it was cancelled",
                Duration.ofSeconds(10),
                () -> DATABASE.value(
                                "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity"
                                        + " WHERE query LIKE '/* alphakeep%pg_sleep(19)' AND state = 'active' AND pid <> pg_backend_pid()")
                        .equals("1"));
        assertThatThrownBy(running::join).hasMessageContaining("cancelled by somebody");
    }
}
