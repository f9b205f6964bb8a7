package io.alphakeep.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** A role that may have one connection, which somebody has. */
@Tag("postgres")
class ConnectionsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static String role;

    private final AtomicInteger asked = new AtomicInteger();

    @BeforeAll
    static void oneConnection() {
        role = "one_" + DATABASE.name();
        DATABASE.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'x' CONNECTION LIMIT 1");
    }

    @AfterAll
    static void dropRole() {
        DATABASE.execute("DROP ROLE " + role);
    }

    @Test
    void thePatientOneWaitsUntilThereIsOne() throws SQLException {
        Connection held = connect();
        Connections patient = Connections.patient(() -> {
            if (asked.incrementAndGet() == 3) {
                held.close();
            }
            return connect();
        });
        try (Connection connection = patient.open()) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(asked.get()).isBetween(3, Connections.ATTEMPTS);
    }

    @Test
    void neitherAnotherTroubleNorAStopIsWaitedFor() throws SQLException {
        Connections patient = Connections.patient(() -> {
            asked.incrementAndGet();
            throw new SQLException("no such database", "3D000");
        });
        assertThatThrownBy(patient::open).hasMessage("no such database");
        assertThat(asked).hasValue(1);

        Connection held = connect();
        try {
            Thread.currentThread().interrupt();
            assertThatThrownBy(Connections.patient(() -> {
                        asked.incrementAndGet();
                        return connect();
                    })::open)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53300"));
            assertThat(asked).hasValue(2);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
            held.close();
        }
    }

    @Test
    void waitsDoubleAndAreGiveOrTakeAHalfAndDiffer() {
        List<Long> first = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            List<Long> waits = new ArrayList<>();
            Connections patient = Connections.patient(
                    () -> {
                        throw new SQLException("starting", "57P03");
                    },
                    waits::add);
            assertThatThrownBy(patient::open).hasMessage("starting");
            assertThat(waits).hasSize(Connections.ATTEMPTS - 1);
            long[] middles = {100, 200, 400, 800, 1600, 2000};
            for (int wait = 0; wait < middles.length; wait++) {
                assertThat(waits.get(wait)).isBetween(middles[wait] / 2, middles[wait] * 3 / 2);
            }
            first.add(waits.get(0));
        }
        assertThat(first.stream().distinct().count()).isGreaterThan(5);
    }

    private static Connection connect() throws SQLException {
        PGSimpleDataSource source = (PGSimpleDataSource) PostgresServer.get().dataSource(DATABASE.name());
        source.setUser(role);
        source.setPassword("x");
        return source.getConnection();
    }
}
