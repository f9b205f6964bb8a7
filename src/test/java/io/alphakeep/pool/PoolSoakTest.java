package io.alphakeep.pool;

import static io.alphakeep.pool.KeptPool.CEILING;
import static io.alphakeep.pool.KeptPool.FLOOR;
import static io.alphakeep.pool.KeptPool.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bursts and tides of writers on the real pool. */
class PoolSoakTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private KeptPool pool;

    @BeforeEach
    void open() throws SQLException {
        pool = KeptPool.of(DATABASE);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** None gives its connection back before as many have one as the pool may hold: at the floor nobody would. */
    @Test
    void aBurstOfFiftyWritersIsServedAndThePoolComesBack() {
        CountDownLatch ceiling = new CountDownLatch(CEILING);
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            writers.add(pool.inThread(() -> {
                for (int j = 0; j < 10; j++) {
                    pool.hold(ceiling);
                }
            }));
        }
        Await.until(
                "all but as many as the floor wait",
                LONG,
                () -> pool.source.getMetrics().awaitingCount() == 50 - FLOOR);
        CompletableFuture<Object> all = CompletableFuture.anyOf(
                CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)), firstFailure(writers));
        Await.until("all were served", LONG, () -> {
            pool.look();
            assertThat(Integer.parseInt(DATABASE.value(
                            "SELECT count(*) FROM pg_stat_activity WHERE application_name = '" + pool.name + "'")))
                    .as("connections of the server")
                    .isLessThanOrEqualTo(CEILING);
            return all.isDone();
        });
        all.join();
        assertThat(pool.keeper.size()).isEqualTo(CEILING);
        assertThat(pool.later()).as("up, and nothing else").isSubsetOf(PoolReason.WAITING, PoolReason.BUSY);
        int ups = pool.changes.size();

        for (int i = 0; i < 600; i++) {
            pool.look();
        }
        assertThat(pool.keeper.size()).isEqualTo(FLOOR);
        assertThat(pool.changes.subList(ups, pool.changes.size())).containsOnly(PoolReason.IDLE);
        Await.until("what is idle is closed", LONG, () -> pool.held() <= FLOOR);
        assertThat(pool.source.getMetrics().acquireCount()).as("counters go on").isEqualTo(50 * 10);
        pool.write();
    }

    private static CompletableFuture<Void> firstFailure(List<CompletableFuture<Void>> of) {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        of.forEach(each -> each.whenComplete((nothing, e) -> {
            if (e != null) {
                failed.completeExceptionally(e);
            }
        }));
        return failed;
    }

    /** Load that comes and goes for most of an hour, on a server whose other connections come and go every few seconds. */
    @Test
    void manyTidesAndAMovingRoomAreFollowedWithoutSwinging() {
        int tides = 12;
        for (int tide = 0; tide < tides; tide++) {
            int wanted = List.of(25, 6, 18).get(tide % 3);
            CountDownLatch over = new CountDownLatch(wanted + 1);
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 0; i < wanted; i++) {
                writers.add(pool.inThread(() -> pool.hold(over)));
            }
            Await.until(
                    "all have one or wait",
                    LONG,
                    () -> pool.source.getMetrics().activeCount()
                                    + pool.source.getMetrics().awaitingCount()
                            == wanted);
            looks(150);
            // The last ones get theirs when the first ones give them back.
            while (over.getCount() > 0) {
                over.countDown();
            }
            CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();
            looks(100);
        }
        assertThat(pool.later()).contains(PoolReason.SERVER, PoolReason.WAITING, PoolReason.IDLE);
        assertThat(pool.changes).as("in %d looks", tides * 250).hasSizeLessThan(15 * tides);
        Await.until("what is idle is closed", LONG, () -> pool.held() <= pool.keeper.size());
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            if (i % 7 == 0) {
                pool.keeper.server(60, Math.toIntExact(pool.held()) + (i % 14 == 0 ? 20 : 40));
            }
            pool.look();
        }
    }
}
