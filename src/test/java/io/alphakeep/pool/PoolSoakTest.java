package io.alphakeep.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The real pool on a real server under the adaptive policy; a look a second of the policy's clock, and many of ours. */
@Tag("postgres")
class PoolSoakTest {

    private static final PoolBounds BOUNDS = new PoolBounds(4, 20);
    private static final int PLENTY = 1_000;
    private static final Duration LONG = Duration.ofSeconds(60);

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private AgroalDataSource source;
    private Pool pool;
    private PoolKeeper.Steering steering;
    private Instant now = Instant.parse("2024-11-08T22:00:00Z");
    private final List<PoolReason> changes = new ArrayList<>();

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @BeforeEach
    void open() throws SQLException {
        PostgresServer server = PostgresServer.get();
        AgroalDataSourceConfigurationSupplier settings = new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled()
                .connectionPoolConfiguration(p -> p.maxSize(BOUNDS.floor())
                        .acquisitionTimeout(Duration.ofSeconds(30))
                        .connectionFactoryConfiguration(
                                f -> f.jdbcUrl(server.url(DATABASE.name()) + "?ApplicationName=soak")
                                        .principal(new NamePrincipal(server.user()))
                                        .credential(new SimplePassword(server.password()))));
        source = AgroalDataSource.from(settings);
        pool = new Pool(source);
        steering = new PoolKeeper.Steering(pool, new PoolPolicy.Adaptive(BOUNDS));
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        source.close();
    }

    private void look() {
        steering.step(0, PLENTY, clock).ifPresent(changes::add);
        now = now.plusSeconds(1);
        assertThat(pool.size()).isBetween(BOUNDS.floor(), BOUNDS.ceiling());
        assertThat(Integer.parseInt(
                        DATABASE.value("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'soak'")))
                .as("connections of the server")
                .isLessThanOrEqualTo(BOUNDS.ceiling());
    }

    private Void write() {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_sleep(0.01)");
            return null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBurstOfFiftyWritersIsServedAndThePoolComesBack() {
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            writers.add(CompletableFuture.runAsync(
                    () -> {
                        for (int j = 0; j < 20; j++) {
                            write();
                        }
                    },
                    threads));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));
        Await.until("all were served", LONG, () -> {
            look();
            return all.isDone();
        });
        all.join();
        assertThat(pool.size()).isEqualTo(BOUNDS.ceiling());
        assertThat(changes).as("up, and nothing else").isNotEmpty().allMatch(reason -> reason != PoolReason.IDLE);
        int ups = changes.size();

        for (int i = 0; i < 600; i++) {
            steering.step(0, PLENTY, clock).ifPresent(changes::add);
            now = now.plusSeconds(1);
        }
        assertThat(pool.size()).isEqualTo(BOUNDS.floor());
        assertThat(changes.subList(ups, changes.size())).containsOnly(PoolReason.IDLE);
        Await.until("what is idle is closed", LONG, () -> pool.held() <= BOUNDS.floor());
        assertThat(source.getMetrics().acquireCount()).as("counters go on").isEqualTo(50 * 20);
        write();
    }

    /** They do not see that there is more room: a connection must be brought to them. */
    @Test
    void thoseWhoWaitAlreadyGetAConnection() throws SQLException {
        List<Connection> held = new ArrayList<>();
        for (int i = 0; i < BOUNDS.floor(); i++) {
            held.add(source.getConnection());
        }
        CompletableFuture<Void> waits = CompletableFuture.supplyAsync(this::write, threads);
        Await.until("it waits", LONG, () -> source.getMetrics().awaitingCount() == 1);

        look();

        assertThat(changes).containsExactly(PoolReason.WAITING);
        Await.until("it was served", LONG, waits::isDone);
        waits.join();
        for (Connection connection : held) {
            connection.close();
        }
    }
}
