package io.alphakeep.run;

import static io.alphakeep.run.RunKit.daily;
import static io.alphakeep.run.RunKit.full;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.db.Transactions;
import io.alphakeep.plan.PlannedRequest;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a run when the database does not take what was asked for. */
class OutagesTest {

    private static final int TRIES = 4;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final RunKit kit = new RunKit(DATABASE, Duration.ofMillis(50));
    private final Script api = Script.by(p -> Bodies.bars(p.get("symbol"), "2024-11-08"));

    @BeforeEach
    void thePartitionIsThere() {
        assertThat(kit.run(api, full(daily("FIRST"))).exitCode()).isZero();
        DATABASE.execute("CREATE SEQUENCE IF NOT EXISTS tries", "ALTER SEQUENCE tries RESTART");
        kit.now = kit.now.plusSeconds(600);
    }

    @AfterEach
    void takesRowsAgain() {
        DATABASE.execute("DROP TRIGGER IF EXISTS refuse ON alpha_market_data");
    }

    /** As after a failover: every session from now on may only read. */
    @Test
    void readOnlyFromOneMomentOn() {
        Script failing = Script.by(p -> {
            if (p.get("symbol").equals("RO2")) {
                DATABASE.execute("ALTER DATABASE " + DATABASE.name() + " SET default_transaction_read_only = on");
            }
            return Bodies.bars(p.get("symbol"), "2024-11-08");
        });
        RunKit fresh = new RunKit(
                new Transactions(DATABASE.dataSource(), "public", Duration.ofSeconds(5), Duration.ofMinutes(1)));
        fresh.now = kit.now;
        try {
            assertEnded(
                    fresh.run(failing, all("RO1", "RO2", "RO3", "RO4")),
                    "the database is read-only (a standby, or set so): ",
                    "; 3 of 4 requests are left");
        } finally {
            DATABASE.execute(
                    "SET default_transaction_read_only = off",
                    "ALTER DATABASE " + DATABASE.name() + " RESET default_transaction_read_only");
        }
        assertThat(failing.asked("symbol")).containsExactly("RO1", "RO2");
        assertThat(rows("RO%")).isEqualTo(1);
        assertGoesOn("RO2", "RO3", "RO4");
    }

    @Test
    void theDiskIsFull() {
        refuse("FULL2", "disk_full", "true");

        assertEnded(
                kit.run(api, all("FULL1", "FULL2", "FULL3")),
                "the database has no room on its disk: ",
                "; 2 of 3 requests are left");

        assertThat(api.asked("symbol")).endsWith("FULL1", "FULL2");
        assertThat(rows("FULL%")).isEqualTo(1);
        takesRowsAgain();
        assertGoesOn("FULL2", "FULL3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serialization_failure", "deadlock_detected", "lock_not_available"})
    void whatAnotherTransactionWasInTheWayOfIsTriedAgain(String condition) {
        String ticker = "T" + condition.substring(0, 4).toUpperCase();
        refuse(ticker, condition, "nextval('public.tries') < " + TRIES);

        RunKit.Finished done = kit.run(api, all(ticker));

        assertThat(done.exitCode()).isZero();
        assertThat(api.asked("symbol")).containsOnlyOnce(ticker);
        assertThat(DATABASE.value("SELECT last_value FROM tries")).isEqualTo(Integer.toString(TRIES));
        assertThat(rows(ticker)).isEqualTo(1);
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_request WHERE ticker = '" + ticker + "'"))
                .isEqualTo("1");
    }

    /**
     * At READ COMMITTED, the default, the writing meets none: it moves no row to another partition. A database may have
     * another default, and then two transactions that change the same row can't both have their way.
     */
    @Test
    void aSerializationFailureOfTheServersOwnIsTriedAgain() throws Exception {
        DATABASE.execute(
                "ALTER DATABASE " + DATABASE.name() + " SET default_transaction_isolation = 'repeatable read'");
        try (Connection other = DATABASE.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            CompletableFuture<Void> committed = new CompletableFuture<>();
            Script answering = Script.by(p -> {
                try {
                    statement.execute(
                            "UPDATE alpha_watermark SET last_attempt_at = clock_timestamp() WHERE ticker = 'REAL'");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
                committed.completeAsync(() -> {
                    commitOnceSomebodyWaits(other);
                    return null;
                });
                return Bodies.bars(p.get("symbol"), "2024-11-08");
            });
            RunKit.Finished done = new RunKit(DATABASE, Duration.ofSeconds(20)).run(answering, full(daily("REAL")));
            committed.get(20, TimeUnit.SECONDS);
            assertThat(done.exitCode()).as(done.problems().toString()).isZero();
            assertThat(answering.asked("symbol")).containsExactly("REAL");
        } finally {
            DATABASE.execute("ALTER DATABASE " + DATABASE.name() + " RESET default_transaction_isolation");
        }
        assertThat(rows("REAL")).isEqualTo(1);
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_request WHERE ticker = 'REAL'"))
                .isEqualTo("1");
    }

    private static void commitOnceSomebodyWaits(Connection other) {
        Await.until(
                "the writing waits",
                Duration.ofSeconds(20),
                () -> !DATABASE.value(
                                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        .equals("0"));
        try {
            other.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void itIsTriedSoOftenAndNoMoreAndTheOthersAreAskedAllTheSame() {
        kit.unreachableLimit = 2;
        refuse("BAD%", "serialization_failure", "nextval('public.tries') > 0");

        RunKit.Finished done = kit.run(api, all("BAD1", "GOOD1", "BAD2", "GOOD2"));

        assertThat(done.exitCode()).isEqualTo(3);
        assertThat(done.problems())
                .extracting(Problem::series)
                .containsExactly(daily("BAD1").toString(), daily("BAD2").toString());
        assertThat(api.asked("symbol")).endsWith("BAD1", "GOOD1", "BAD2", "GOOD2");
        assertThat(DATABASE.value("SELECT last_value FROM tries")).isEqualTo(Integer.toString(2 * TRIES));
        assertThat(rows("GOOD%")).isEqualTo(2);
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_watermark WHERE lease_run IS NOT NULL"))
                .isEqualTo("0");
        takesRowsAgain();
        assertGoesOn("BAD1", "BAD2");
    }

    @Test
    void aLockThatIsNotGivenUpEndsTheRunAndNothingIsAskedInVain() throws SQLException {
        kit.unreachableLimit = 2;
        try (Connection other = DATABASE.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE alpha_market_data IN SHARE ROW EXCLUSIVE MODE");
            assertEnded(
                    kit.run(api, all("LOCK1", "LOCK2", "LOCK3", "LOCK4", "LOCK5")),
                    "2 requests in a row met another transaction that did not give way",
                    "lock timeout; 3 of 5 requests are left");
            other.rollback();
        }
        assertThat(api.asked("symbol")).endsWith("LOCK1", "LOCK2");
        assertGoesOn("LOCK1", "LOCK2", "LOCK3", "LOCK4", "LOCK5");
    }

    private static void assertEnded(RunKit.Finished done, String begin, String end) {
        assertThat(done.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(done.exitCode()).isEqualTo(69);
        Problem why = done.problems().get(0);
        assertThat(why.kind()).isEqualTo("database");
        assertThat(why.message()).startsWith(begin).endsWith(end);
        assertThat(why.next()).contains("run again; what was committed is kept");
    }

    private void assertGoesOn(String... tickers) {
        kit.now = kit.now.plusSeconds(600);
        // The kit leaves what a run's own steps leave; the end of a real run gives back all leases.
        DATABASE.execute("UPDATE alpha_watermark SET lease_run = NULL, lease_until = NULL");
        RunKit.Finished next = kit.run(api, all(tickers));
        assertThat(next.exitCode()).isZero();
        assertThat(List.of(tickers))
                .allSatisfy(ticker -> assertThat(rows(ticker)).isEqualTo(1));
    }

    /** Rows of such tickers meet the condition, as long as the expression holds. */
    private static void refuse(String tickers, String condition, String when) {
        DATABASE.execute(
                "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF " + when
                        + " THEN RAISE EXCEPTION 'as if' USING ERRCODE = '" + condition
                        + "'; END IF; RETURN NEW; END $$",
                "CREATE TRIGGER refuse BEFORE INSERT ON alpha_market_data FOR EACH ROW WHEN (NEW.ticker LIKE '"
                        + tickers + "') EXECUTE FUNCTION refuse()");
    }

    private static PlannedRequest[] all(String... tickers) {
        return Arrays.stream(tickers).map(ticker -> full(daily(ticker))).toArray(PlannedRequest[]::new);
    }

    private static int rows(String tickers) {
        return Integer.parseInt(
                DATABASE.value("SELECT count(*) FROM alpha_market_data WHERE ticker LIKE '" + tickers + "'"));
    }
}
