package io.alphakeep.run;

import static io.alphakeep.run.RunKit.daily;
import static io.alphakeep.run.RunKit.full;
import static io.alphakeep.run.RunKit.intraday;
import static io.alphakeep.run.RunKit.month;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.ledger.Leases;
import io.alphakeep.market.Series;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a run makes of series that another one has: dead, alive, or just done with them. */
class OthersSeriesTest {

    private static final long OTHER = 999;
    private static final Duration LONG = Duration.ofSeconds(30);

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final RunKit kit = new RunKit(DATABASE, Duration.ofMillis(200));
    private final Leases leases = new Leases(DATABASE.transactions());
    private final List<String> ended = new ArrayList<>();
    private final Script api = Script.by(
            p -> Bodies.bars(p.get("symbol"), p.containsKey("month") ? p.get("month") + "-05 10:00:00" : "2024-11-08"));
    private Runnable whileWaiting = () -> {};

    OthersSeriesTest() {
        kit.listener = new RunListener() {
            @Override
            public synchronized void requestEnded(String series, String function, String outcome) {
                ended.add(series.split(" ")[0] + " " + outcome);
            }

            @Override
            public void waiting(String why) {
                assertThat(why).isEqualTo("another run has what is left");
                whileWaiting.run();
            }
        };
    }

    /** A copy that was killed with requests in flight: nobody has to be started for what it leaves. */
    @Test
    void whatADeadRunHadIsAskedOnceItsLeasesRunOut() {
        Series minutes = intraday("DEADMIN");
        leases.lease(daily("DEAD"), OTHER, LONG, null);
        leases.lease(minutes, OTHER, LONG, null);
        // What is left of them when there is nothing else to do.
        whileWaiting = once(
                () -> DATABASE.execute(
                        "UPDATE alpha_watermark SET lease_until = clock_timestamp() + interval '400 ms' WHERE ticker LIKE 'DEAD%'"));

        RunKit.Finished done = kit.run(
                api,
                full(daily("DEAD")),
                month(minutes, "2023-01", "2023-01"),
                month(minutes, "2023-01", "2023-02"),
                full(daily("FREE")));

        assertThat(api.asked("symbol")).containsExactly("FREE", "DEAD", "DEADMIN", "DEADMIN");
        assertThat(done.outcome()).isEqualTo(Outcome.DONE);
        assertThat(done.tally().requests()).isEqualTo(new RunReport.Requests(4, 4, 4, 0, 0, 0, 0, 0, 0));
        assertThat(kit.mark(minutes).backfillThrough()).hasToString("2023-02-01");
        assertThat(ended).containsExactly("FREE ok", "DEAD ok", "DEADMIN ok", "DEADMIN ok");
    }

    @Test
    void whatALivingRunHasIsLeftToItAsSoonAsItRenewsItsLease() {
        leases.lease(daily("ALIVE"), OTHER, LONG, null);
        whileWaiting = () -> leases.renew(daily("ALIVE"), OTHER, LONG);

        RunKit.Finished done = kit.run(api, full(daily("ALIVE")), full(daily("FREE2")));

        assertThat(api.asked("symbol")).containsExactly("FREE2");
        assertThat(done.exitCode()).isZero();
        assertThat(done.tally().requests()).isEqualTo(new RunReport.Requests(2, 1, 1, 0, 0, 0, 1, 1, 0));
        assertThat(ended).containsExactly("FREE2 ok", "ALIVE skipped");
        leases.release(daily("ALIVE"), OTHER);
    }

    @Test
    void whatTheOtherRunAskedMeanwhileIsNotAskedAgain() {
        leases.lease(daily("BOTH"), OTHER, LONG, null);
        whileWaiting = () -> DATABASE.execute(
                "UPDATE alpha_watermark SET last_attempt_at = now(), lease_run = NULL, lease_until = NULL WHERE ticker = 'BOTH'");

        RunKit.Finished done = kit.run(api, full(daily("BOTH")));

        assertThat(api.asked("symbol")).isEmpty();
        assertThat(done.tally().requests()).isEqualTo(new RunReport.Requests(1, 0, 0, 0, 0, 0, 1, 0, 0));
    }

    @Test
    void nobodyWaitsForAnotherRunOnceItsOwnHasEnded() {
        AtomicReference<RunControl> control = new AtomicReference<>();
        kit.started = control::set;
        leases.lease(daily("STOPPED"), OTHER, LONG, null);
        whileWaiting = () -> control.get().end(new RunControl.End.Stop());

        RunKit.Finished done = kit.run(api, full(daily("STOPPED")));

        assertThat(done.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(done.tally().requests().left()).isZero();
    }

    /** As of a copy that was stopped between two statements: no failure of the series, and no waiting. */
    @Test
    void aSeriesWhoseRowAnotherTransactionHoldsIsPassedOver() throws SQLException {
        leases.lease(daily("ROW"), OTHER, LONG, null);
        leases.release(daily("ROW"), OTHER);
        try (Connection other = DATABASE.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM alpha_watermark WHERE ticker = 'ROW' FOR UPDATE");

            RunKit.Finished done = kit.run(api, full(daily("ROW")), full(daily("FREE3")));

            assertThat(done.exitCode()).isZero();
            assertThat(done.problems()).isEmpty();
            assertThat(done.tally().requests()).isEqualTo(new RunReport.Requests(2, 1, 1, 0, 0, 0, 1, 1, 0));
            other.rollback();
        }
        assertThat(api.asked("symbol")).containsExactly("FREE3");
        assertThat(kit.mark(daily("ROW")).failuresInARow()).isZero();
        assertThat(kit.mark(daily("ROW")).lastAttemptAt()).isNull();
    }

    private static Runnable once(Runnable call) {
        AtomicBoolean called = new AtomicBoolean();
        return () -> {
            if (called.compareAndSet(false, true)) {
                call.run();
            }
        };
    }
}
