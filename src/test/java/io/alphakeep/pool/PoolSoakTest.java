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
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The real pool on a real server under the adaptive policy; a look a second of the policy's clock, and many of ours. */
@Tag("postgres")
class PoolSoakTest {

    private static final int WORKERS = 2;
    /** One run's workers and what is beside them. */
    private static final int FLOOR = 10;

    private static final int CEILING = 30;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Logger LOGGER = Logger.getLogger(PoolKeeper.class.getName());

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<PoolReason> changes = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private final Lines lines = new Lines();
    private Instant now = Instant.parse("2024-11-08T22:00:00Z");
    private AgroalDataSource source;
    private PoolKeeper keeper;

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

    /** The keeper's lines of the log. */
    private final class Lines extends Handler {
        @Override
        public void publish(LogRecord line) {
            logged.add(String.format(line.getMessage(), line.getParameters()));
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

    @BeforeEach
    void open() throws SQLException {
        PostgresServer server = PostgresServer.get();
        AgroalDataSourceConfigurationSupplier settings = new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled()
                .connectionPoolConfiguration(p -> p.maxSize(CEILING)
                        .acquisitionTimeout(Duration.ofSeconds(30))
                        .connectionFactoryConfiguration(
                                f -> f.jdbcUrl(server.url(DATABASE.name()) + "?ApplicationName=soak")
                                        .principal(new NamePrincipal(server.user()))
                                        .credential(new SimplePassword(server.password()))));
        source = AgroalDataSource.from(settings);
        keeper = new PoolKeeper(new Pool(() -> source), "adaptive", WORKERS);
        keeper.begin(clock, changes::add);
        LOGGER.addHandler(lines);
        assertThat(keeper.size()).isEqualTo(FLOOR);
    }

    @AfterEach
    void close() {
        LOGGER.removeHandler(lines);
        threads.shutdownNow();
        source.close();
        assertThat(logged).as("a line of the log for each change").hasSameSizeAs(changes);
        for (int i = 0; i < changes.size(); i++) {
            assertThat(logged.get(i)).contains(changes.get(i).words());
        }
    }

    private void look() {
        keeper.look(0);
        now = now.plusSeconds(1);
        assertThat(keeper.size()).isBetween(FLOOR, CEILING);
    }

    private long held() {
        return source.getMetrics().activeCount() + source.getMetrics().availableCount();
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
            assertThat(Integer.parseInt(
                            DATABASE.value("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'soak'")))
                    .as("connections of the server")
                    .isLessThanOrEqualTo(CEILING);
            return all.isDone();
        });
        all.join();
        assertThat(keeper.size()).isEqualTo(CEILING);
        assertThat(changes).as("up, and nothing else").isNotEmpty().allMatch(reason -> reason != PoolReason.IDLE);
        int ups = changes.size();

        for (int i = 0; i < 600; i++) {
            look();
        }
        assertThat(keeper.size()).isEqualTo(FLOOR);
        assertThat(changes.subList(ups, changes.size())).containsOnly(PoolReason.IDLE);
        Await.until("what is idle is closed", LONG, () -> held() <= FLOOR);
        assertThat(source.getMetrics().acquireCount()).as("counters go on").isEqualTo(50 * 20);
        write();
    }

    /** They do not see that there is more room: a connection must be brought to them. */
    @Test
    void thoseWhoWaitAlreadyGetAConnection() throws SQLException {
        List<Connection> held = new ArrayList<>();
        for (int i = 0; i < FLOOR; i++) {
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

    /** Of what the server allows a tenth stays for people, and others have what they have; ours does not count as others'. */
    @Test
    void theServersOthersAndATenthAreLeftAlone() throws SQLException {
        List<Connection> held = new ArrayList<>();
        for (int i = 0; i < FLOOR; i++) {
            held.add(source.getConnection());
        }
        keeper.server(40, FLOOR + 22);
        look();
        assertThat(keeper.size()).as("40 - 4 - 22").isEqualTo(14);
        keeper.server(40, FLOOR + 24);
        look();
        assertThat(keeper.size()).isEqualTo(12);
        assertThat(changes).containsExactly(PoolReason.BUSY, PoolReason.SERVER);
        keeper.server(40, FLOOR + 40);
        look();
        assertThat(keeper.size()).as("one run needs them").isEqualTo(FLOOR);
        for (Connection connection : held) {
            connection.close();
        }
    }
}
