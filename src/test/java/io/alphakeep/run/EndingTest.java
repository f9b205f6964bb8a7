package io.alphakeep.run;

import static io.alphakeep.run.RunKit.daily;
import static io.alphakeep.run.RunKit.full;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.fetch.FetchOutcome;
import io.alphakeep.fetch.StoppedException;
import io.alphakeep.market.Series;
import io.alphakeep.plan.PlannedRequest;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs that end early, and runs that share the work. */
class EndingTest {

    private static final long SECONDS = 60;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final RunKit kit = new RunKit(DATABASE);
    private final AtomicReference<RunControl> control = new AtomicReference<>();

    EndingTest() {
        kit.started = control::set;
    }

    @Test
    void isPostponedWhenTheAllowanceEndsBeforeAThrottledRequestIsRepeated() {
        Series series = daily("SLOW");

        RunKit.Finished done = kit.run(
                Script.by(parameters -> {
                    control.get().end(new RunControl.End.Allowance("another worker spent the last permit"));
                    return new FetchOutcome.Throttled("slow down", Duration.ofMillis(1));
                }),
                full(series));

        assertThat(done.outcome()).isEqualTo(Outcome.POSTPONED);
        assertThat(done.tally().requests().failed()).isZero();
        assertThat(done.problems()).isEmpty();
        assertThat(kit.mark(series).failuresInARow()).isZero();
    }

    @Test
    void runsAtOnceAskEachSeriesOnce() throws Exception {
        PlannedRequest[] requests =
                IntStream.range(0, 40).mapToObj(i -> full(daily("SHARE" + i))).toArray(PlannedRequest[]::new);
        // Both have read their plans before either asks, or the second one would know better.
        CyclicBarrier planned = new CyclicBarrier(2);
        Script api = Script.by(p -> Bodies.bars(p.get("symbol"), "2024-11-08"));
        List<CompletableFuture<RunKit.Finished>> runs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            RunKit own = new RunKit(DATABASE);
            own.workers = 2;
            own.listener = new RunListener() {
                @Override
                public void planned(long run, int count) {
                    await(planned);
                }
            };
            runs.add(CompletableFuture.supplyAsync(() -> own.run(api, requests), task -> new Thread(task).start()));
        }
        int answers = 0;
        for (CompletableFuture<RunKit.Finished> run : runs) {
            RunKit.Finished finished = run.get(SECONDS, TimeUnit.SECONDS);
            assertThat(finished.exitCode()).isZero();
            answers += finished.tally().answers();
        }

        assertThat(answers).isEqualTo(40);
        assertThat(api.asked("symbol")).hasSize(40).doesNotHaveDuplicates();
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_request WHERE ticker LIKE 'SHARE%'"))
                .isEqualTo("40");
    }

    @Test
    void aStopEndsTheRequestThatIsUnderWay() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        Script api = Script.by(p -> {
            if (p.get("symbol").equals("STOP1")) {
                return Bodies.bars("STOP1", "2024-11-08");
            }
            asking.countDown();
            return untilInterrupted();
        });
        CompletableFuture<RunKit.Finished> run = CompletableFuture.supplyAsync(
                () -> kit.run(api, full(daily("STOP1")), full(daily("STOP2")), full(daily("STOP3"))));
        assertThat(asking.await(SECONDS, TimeUnit.SECONDS)).isTrue();

        control.get().end(new RunControl.End.Stop());

        RunKit.Finished finished = run.get(SECONDS, TimeUnit.SECONDS);
        assertThat(finished.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(finished.problems()).isEmpty();
        assertThat(api.asked("symbol")).containsExactly("STOP1", "STOP2");
        assertThat(DATABASE.query("SELECT ticker FROM alpha_request WHERE ticker LIKE 'STOP_'"))
                .containsExactly(List.of("STOP1"));
        assertThat(kit.mark(daily("STOP2")).lastAttemptAt()).isNull();
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_watermark WHERE lease_run IS NOT NULL"))
                .isEqualTo("0");
    }

    @Test
    void aStopBetweenAnswerAndCommitLeavesTheWholeOrNothing() {
        Script api = Script.by(p -> {
            control.get().end(new RunControl.End.Stop());
            return Bodies.bars(p.get("symbol"), "2024-11-08", "2024-11-07");
        });

        RunKit.Finished finished = kit.run(api, full(daily("HALF")), full(daily("NEXT")));

        assertThat(finished.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(api.asked("symbol")).containsExactly("HALF");
        String lines = DATABASE.value("SELECT count(*) * 2 FROM alpha_request WHERE ticker = 'HALF'");
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data WHERE ticker = 'HALF'"))
                .isEqualTo(lines);
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_watermark WHERE lease_run IS NOT NULL"))
                .isEqualTo("0");
    }

    @Test
    void aStopWakesWorkersOfARunThatWasEndingAlready() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        Script api = Script.by(p -> {
            asking.countDown();
            return untilInterrupted();
        });
        CompletableFuture<RunKit.Finished> run = CompletableFuture.supplyAsync(() -> kit.run(api, full(daily("LATE"))));
        assertThat(asking.await(SECONDS, TimeUnit.SECONDS)).isTrue();

        control.get().end(new RunControl.End.Timeout());
        control.get().end(new RunControl.End.Stop());

        assertThat(run.get(SECONDS, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.POSTPONED);
    }

    @Test
    void theTimeIsOver() {
        kit.deadline = Optional.of(RunKit.NOW.plusSeconds(60));
        Script api = Script.by(p -> {
            kit.now = RunKit.NOW.plusSeconds(61);
            return Bodies.bars(p.get("symbol"), "2024-11-08");
        });

        RunKit.Finished finished = kit.run(api, full(daily("TIME1")), full(daily("TIME2")));

        assertThat(finished.outcome()).isEqualTo(Outcome.POSTPONED);
        assertThat(finished.exitCode()).isZero();
        assertThat(api.asked("symbol")).containsExactly("TIME1");
        // The answer that was under way is kept.
        assertThat(kit.mark(daily("TIME1")).lastAnswerAt()).isEqualTo(kit.now);

        RunKit.Finished nothing = kit.run(api, full(daily("TIME2")));

        assertThat(nothing.outcome()).isEqualTo(Outcome.POSTPONED);
        assertThat(nothing.exitCode()).isEqualTo(75);
    }

    @Test
    void aRunGoesOnWithTheThreadsThatItGotAndEndsWithoutAny() {
        Script enough = Script.by(p -> Bodies.bars(p.get("symbol"), "2024-11-08"));
        List<Thread> made = new ArrayList<>();
        kit.workers = 4;
        kit.threads = work -> {
            Thread thread = made.size() < 2 ? new Thread(work) : new UnstartableThread(work);
            made.add(thread);
            return thread;
        };

        RunKit.Finished done =
                kit.run(enough, full(daily("T1")), full(daily("T2")), full(daily("T3")), full(daily("T4")));

        assertThat(done.exitCode()).isZero();
        assertThat(done.tally().answers()).isEqualTo(4);
        assertThat(made).hasSize(3);

        RunKit.Finished none = kit.run(enough, full(daily("T5")));
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.problems())
                .extracting(Problem::message)
                .anyMatch(m -> m.startsWith("no worker could be started"));
    }

    /** As the client does it when its thread is interrupted; a run that never does so fails by the run's own bound. */
    private static FetchOutcome untilInterrupted() {
        try {
            new CountDownLatch(1).await(SECONDS, TimeUnit.SECONDS);
            return new FetchOutcome.Empty("never interrupted after " + Duration.ofSeconds(SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
