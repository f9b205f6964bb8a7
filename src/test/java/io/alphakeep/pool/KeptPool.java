package io.alphakeep.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceListener;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The real pool on a real server under the adaptive policy, a look a second of the policy's clock. Every look is held to what
 * must hold at each: the bounds, a listener and a line of the log for each change, no way up on a crowded server.
 */
final class KeptPool implements AutoCloseable {

    static final int WORKERS = 2;
    /** One run's workers and what is beside them. */
    static final int FLOOR = 10;

    static final int CEILING = 30;
    static final Duration LONG = Duration.ofSeconds(60);
    /** Who waits longer for a connection gets none; a pool that is not raised keeps them waiting for ever. */
    private static final Duration ACQUISITION = Duration.ofSeconds(10);

    private static final Logger LOGGER = Logger.getLogger(PoolKeeper.class.getName());

    private static final AtomicInteger POOLS = new AtomicInteger();

    /** By which the server knows its sessions; those of the pool before it may take a moment to end. */
    final String name = "pool-" + POOLS.incrementAndGet();

    final AgroalDataSource source;
    final PoolKeeper keeper;
    final List<PoolReason> changes = new ArrayList<>();
    /** Connections that could not be made. */
    final AtomicInteger failures = new AtomicInteger();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> logged = new ArrayList<>();
    private final Lines lines = new Lines();
    private Instant now = Instant.parse("2024-11-08T22:00:00Z");
    private Instant crowded = Instant.EPOCH;

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    /** The keeper's lines of the log. */
    private final class Lines extends Handler {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.INFO.intValue()) {
                logged.add(String.format(line.getMessage(), line.getParameters()));
            }
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    KeptPool(TestDatabase database, String user, String password) throws SQLException {
        this(database, user, password, "adaptive");
        assertThat(keeper.size()).isEqualTo(FLOOR);
        assertThat(changes).as("the first one counts").containsExactly(PoolReason.START);
    }

    KeptPool(TestDatabase database, String user, String password, String policy) throws SQLException {
        AgroalDataSourceListener listener = new AgroalDataSourceListener() {
            @Override
            public void onConnectionCreationFailure(SQLException e) {
                failures.incrementAndGet();
            }
        };
        AgroalDataSourceConfigurationSupplier made = new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled()
                .connectionPoolConfiguration(p -> p.maxSize(CEILING)
                        .acquisitionTimeout(ACQUISITION)
                        .connectionFactoryConfiguration(
                                f -> f.jdbcUrl(PostgresServer.get().url(database.name()) + "?ApplicationName=" + name)
                                        .principal(new NamePrincipal(user))
                                        .credential(new SimplePassword(password))));
        source = AgroalDataSource.from(made, listener);
        keeper = new PoolKeeper(new Pool(() -> source), policy, WORKERS);
        LOGGER.addHandler(lines);
        keeper.begin(clock, changes::add);
    }

    static KeptPool of(TestDatabase database) throws SQLException {
        return new KeptPool(
                database, PostgresServer.get().user(), PostgresServer.get().password());
    }

    @Override
    public void close() {
        LOGGER.removeHandler(lines);
        threads.shutdownNow();
        source.close();
        assertThat(logged).as("a line of the log for each change").hasSameSizeAs(changes);
        for (int i = 0; i < changes.size(); i++) {
            assertThat(logged.get(i)).contains(changes.get(i).words());
        }
    }

    /** All changes but the first. */
    List<PoolReason> later() {
        return changes.subList(1, changes.size());
    }

    void look() {
        int before = keeper.size();
        int changed = changes.size();
        keeper.look(0);
        assertThat(keeper.size()).isBetween(FLOOR, CEILING);
        assertThat(keeper.size() == before).isEqualTo(changes.size() == changed);
        assertThat(keeper.size() <= before || !now.isBefore(crowded.plusSeconds(60)))
                .as("up after the cool-down: %s", changes)
                .isTrue();
        if (changes.size() > changed && changes.get(changed) == PoolReason.SERVER) {
            crowded = now;
        }
        now = now.plusSeconds(1);
    }

    int held() {
        return Math.toIntExact(
                source.getMetrics().activeCount() + source.getMetrics().availableCount());
    }

    CompletableFuture<Void> inThread(Runnable work) {
        return CompletableFuture.runAsync(work, threads);
    }

    void write() {
        hold(new CountDownLatch(0));
    }

    /** As a writer does it, which keeps its connection for as long as its transaction lasts; each counts once. */
    void hold(CountDownLatch until) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            until.countDown();
            assertThat(until.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            statement.execute("SELECT 1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
