package io.alphakeep.advise.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.db.Transactions;
import io.alphakeep.testkit.TestDatabase;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** One look each, where the doctor as a whole has no way to what it is to see. */
@Tag("postgres")
class LooksTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static void is(Check check, Level level, String evidence, String fix) {
        assertThat(check.level()).as(check.toString()).isEqualTo(level);
        assertThat(check.evidence()).contains(evidence);
        assertThat(check.fix()).contains(fix);
    }

    /** The host's clock is read before and after; the database's is taken to be of the middle, and the fastest way counts. */
    @Test
    void theWayIsTakenOutOfTheSkew() throws Exception {
        Check far = skew(-2, 2, -2, 2, -2, 2);
        assertThat(millis(far, "(\\d+) ms between")).isLessThan(1_000);
        assertThat(millis(far, "back (\\d+) ms")).isBetween(4_000L, 5_000L);
        Check ahead = skew(-14, -6, -10, -10, -14, -6);
        is(ahead, Level.WARN, "whose clock is ahead", "time service");
        assertThat(millis(ahead, "(\\d+) ms between")).isBetween(9_500L, 10_500L);
        assertThat(millis(ahead, "back (\\d+) ms")).isLessThan(1_000);
    }

    /** @param seconds that the host's clock is ahead by at each reading */
    private static Check skew(long... seconds) throws SQLException {
        Iterator<Long> readings = Arrays.stream(seconds).iterator();
        Clock read = new Clock() {
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
                return Instant.now().plusSeconds(readings.next());
            }
        };
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            return new ClockSkew(read).at(connection, "clock");
        }
    }

    private static long millis(Check check, String form) {
        Matcher found = Pattern.compile(form).matcher(check.evidence());
        assertThat(found.find()).as(check.toString()).isTrue();
        return Long.parseLong(found.group(1));
    }

    @Test
    void aPoolerThatKeepsPreparedStatementsIsWell() throws Exception {
        is(inOneSession(false), Level.OK, "transaction mode that keeps prepared", "");
        is(inOneSession(true), Level.OK, "prepareThreshold=0 is set", "");
    }

    /** As through a pooler that gives both of two connections one session, and the driver's statements with it. */
    private static Check inOneSession(boolean unprepared) throws SQLException {
        try (Connection session = DATABASE.dataSource().getConnection()) {
            DataSource one = new PGSimpleDataSource() {
                @Override
                public Connection getConnection() {
                    return session;
                }
            };
            Transactions both = new Transactions(one, "public", Duration.ofSeconds(5), Duration.ofMinutes(1));
            return new Pooler(both, unprepared).look("pooler");
        }
    }

    @Test
    void anUnencryptedWayToAnotherMachineIsSaid() throws Exception {
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            is(new Tls(false).at(connection, "tls"), Level.WARN, "not encrypted", "sslmode=verify-full");
        }
    }

    @Test
    void anExtensionThatIsThereIsNamed() throws Exception {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(new Extensions().at(connection, "extensions").evidence()).contains("is not installed");
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
            assertThat(new Extensions().at(connection, "extensions").evidence()).startsWith("pg_stat_statements 1");
            statement.execute("DROP EXTENSION pg_stat_statements");
        }
    }

    @Test
    void theHostOfTheApi() throws Exception {
        Duration timeout = Duration.ofSeconds(5);
        int port;
        try (ServerSocket server = new ServerSocket(0)) {
            port = server.getLocalPort();
            is(
                    ApiHost.check(URI.create("http://127.0.0.1:" + port + "/query"), timeout),
                    Level.OK,
                    "nothing was asked",
                    "");
        }
        is(
                ApiHost.check(URI.create("http://127.0.0.1:" + port + "/query"), timeout),
                Level.FAIL,
                "can't be reached",
                "ALPHAKEEP_API_URL");
        is(
                ApiHost.check(URI.create("https://no-such-host.invalid/query"), timeout),
                Level.FAIL,
                "has no address",
                "name service");
    }
}
