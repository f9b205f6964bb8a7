package io.alphakeep.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.testkit.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class OpeningsTest {

    private static final Instant NOON = Instant.parse("2024-11-08T12:00:00Z");
    private static final NewRun CRON = new NewRun(NOON, "cron", "host", 42, "0.1");
    private static final NewRun HTTP = new NewRun(NOON, "http", "host", 43, "0.1");

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Openings openings = new Openings(DATABASE.transactions());
    private final Runs runs = new Runs(DATABASE.transactions());

    @BeforeEach
    void noRuns() {
        DATABASE.execute("TRUNCATE alpha_run, alpha_tick");
    }

    private static void expire() {
        DATABASE.execute("UPDATE alpha_run SET alive_until = clock_timestamp() - interval '1 ms'");
    }

    @Test
    void aRunThatIsToBeAloneGivesWayToEveryLivingOne() {
        long running = runs.open(HTTP);
        assertThat(openings.exclusive(CRON))
                .isInstanceOfSatisfying(
                        Opening.Held.class,
                        held -> assertThat(held.holder().run()).isEqualTo(running));
        assertThat(runs.recent(9)).hasSize(1);
        expire();
        assertThat(openings.exclusive(CRON)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void theHolderLetsGoWithinAMinute() {
        runs.open(HTTP);
        assertThat(DATABASE.value(
                        "SELECT bool_and(alive_until <= clock_timestamp() + interval '1 minute') FROM alpha_run"))
                .isEqualTo("t");
    }

    @Test
    void ofManyAtOnceOneIsOpened() throws Exception {
        assertThat(opened(() -> openings.exclusive(HTTP))).isEqualTo(1);
    }

    @Test
    void ofManyAtTheSameTimeOfTheScheduleOneIsOpened() throws Exception {
        assertThat(opened(() -> openings.scheduled(CRON, NOON))).isEqualTo(1);
        assertThat(DATABASE.value("SELECT tick = '2024-11-08T12:00:00Z' FROM alpha_tick"))
                .isEqualTo("t");
    }

    private static long opened(Callable<Opening> open) throws Exception {
        int many = 8;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            CyclicBarrier together = new CyclicBarrier(many);
            List<Future<Opening>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                all.add(threads.submit(() -> {
                    together.await();
                    return open.call();
                }));
            }
            long opened = 0;
            for (Future<Opening> one : all) {
                opened += one.get() instanceof Opening.Opened ? 1 : 0;
            }
            return opened;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aTimeIsOwedUntilTheRunBeforeItIsOver() {
        assertThat(openings.scheduled(CRON, NOON)).isInstanceOf(Opening.Opened.class);
        assertThat(openings.scheduled(CRON, NOON)).isInstanceOf(Opening.Taken.class);
        assertThat(openings.scheduled(CRON, NOON.minusSeconds(60))).isInstanceOf(Opening.Taken.class);
        Instant next = NOON.plusSeconds(60);
        assertThat(openings.scheduled(CRON, next)).isInstanceOf(Opening.Held.class);
        assertThat(openings.scheduled(CRON, next)).isInstanceOf(Opening.Held.class);
        expire();
        runs.open(HTTP);
        assertThat(openings.scheduled(CRON, next)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void eachJobHasItsOwnTimes() {
        assertThat(openings.claim("maintain", NOON)).isTrue();
        assertThat(openings.claim("maintain", NOON)).isFalse();
        assertThat(openings.claim("other", NOON)).isTrue();
    }

    @Test
    void aRunIsFoundByItsNumber() {
        long run = runs.open(HTTP);
        assertThat(runs.find(run)).map(RunLine::outcome).hasValue(RunLine.RUNNING);
        assertThat(runs.report(run)).isEmpty();
        runs.close(run, NOON, "done", RequestCounts.NONE, RowCounts.NONE, "{\"run\": 1}");
        assertThat(runs.report(run)).hasValue("{\"run\": 1}");
        assertThat(runs.find(run + 1)).isEmpty();
    }
}
