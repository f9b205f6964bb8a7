package io.alphakeep.pool;

import static io.alphakeep.pool.KeptPool.CEILING;
import static io.alphakeep.pool.KeptPool.FLOOR;
import static io.alphakeep.pool.KeptPool.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Those who wait, and a server without room, on the real pool. */
class PoolKeeperTest {

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

    /** Whoever does not want the size to move gets what the pool was made with, from the first moment on. */
    @Test
    void aFixedPoolBeginsAtItsCeiling() throws SQLException {
        pool.close();
        pool = new KeptPool(
                DATABASE, PostgresServer.get().user(), PostgresServer.get().password(), "fixed");
        pool.look();
        assertThat(pool.keeper.size()).isEqualTo(CEILING);
        assertThat(pool.keeper.floor()).as("what a crowded server leaves it").isEqualTo(FLOOR);
        assertThat(pool.changes).isEmpty();
    }

    /** They do not see that there is more room: a connection must be brought to them. */
    @Test
    void thoseWhoWaitAlreadyGetAConnection() throws SQLException {
        List<Connection> held = hold();
        CompletableFuture<Void> waits = pool.inThread(pool::write);
        Await.until("it waits", LONG, () -> pool.source.getMetrics().awaitingCount() == 1);

        pool.look();

        assertThat(pool.later()).containsExactly(PoolReason.WAITING);
        Await.until("it was served", LONG, waits::isDone);
        waits.join();
        for (Connection connection : held) {
            connection.close();
        }
    }

    /** The size goes up, and no connection can be made: it is tried again, and the size stays. */
    @Test
    void whoWaitsIsServedAsSoonAsTheServerTakesConnections() throws SQLException {
        String role = DATABASE.name() + "_few";
        DATABASE.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'few' CONNECTION LIMIT " + FLOOR);
        pool.close();
        pool = new KeptPool(DATABASE, role, "few");
        List<Connection> held = hold();
        CompletableFuture<Void> waits = pool.inThread(pool::write);
        Await.until("it waits", LONG, () -> pool.source.getMetrics().awaitingCount() == 1);
        pool.look();
        int before = pool.changes.size();
        Await.until(
                "each try failed",
                LONG,
                () -> pool.failures.get() == pool.later().size());
        DATABASE.execute("ALTER ROLE " + role + " CONNECTION LIMIT 100");

        Await.until("it was served", LONG, () -> {
            pool.look();
            return waits.isDone();
        });

        waits.join();
        assertThat(pool.changes).as("no change, a connection").hasSize(before);
        for (Connection connection : held) {
            connection.close();
        }
        pool.close();
        DATABASE.execute("DROP ROLE " + role);
        open();
    }

    /** A minimum that was raised for those who waited does not keep the maximum from coming down, nor idle ones open. */
    @Test
    void whatWasBroughtForThoseWhoWaitedIsGivenBackToACrowdedServer() throws SQLException {
        List<Connection> held = hold();
        CountDownLatch over = new CountDownLatch(2);
        CompletableFuture<Void> waits = pool.inThread(() -> pool.hold(over));
        Await.until("it waits", LONG, () -> pool.source.getMetrics().awaitingCount() == 1);
        pool.look();
        Await.until("it has one", LONG, () -> pool.held() == FLOOR + 1);
        over.countDown();
        waits.join();
        for (Connection connection : held) {
            connection.close();
        }
        pool.keeper.server(40, FLOOR + 40);

        pool.look();

        assertThat(pool.keeper.size()).isEqualTo(FLOOR);
        assertThat(pool.later()).containsExactly(PoolReason.WAITING, PoolReason.SERVER);
        Await.until("none is kept that nobody uses", LONG, () -> pool.held() == 0);
    }

    /** All that the floor allows. */
    private List<Connection> hold() throws SQLException {
        List<Connection> held = new ArrayList<>();
        for (int i = 0; i < FLOOR; i++) {
            held.add(pool.source.getConnection());
        }
        return held;
    }

    /** What others have is left to them, and what is ours does not count as others'. */
    @Test
    void theServersOthersAndATenthAreLeftAlone() throws SQLException {
        List<Connection> held = hold();
        pool.keeper.server(40, FLOOR + 18);
        pool.look();
        assertThat(pool.keeper.size()).as("40 - 4 - 18, half of the way").isEqualTo(14);
        pool.keeper.server(40, FLOOR + 24);
        pool.look();
        assertThat(pool.keeper.size()).isEqualTo(12);
        assertThat(pool.later()).containsExactly(PoolReason.BUSY, PoolReason.SERVER);
        pool.keeper.server(40, FLOOR + 40);
        pool.look();
        assertThat(pool.keeper.size()).as("one run needs them").isEqualTo(FLOOR);
        for (Connection connection : held) {
            connection.close();
        }
    }
}
