package io.alphakeep.testkit;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL that a test JVM shares: embedded, or in a container with {@code -Dtest.postgres=container}
 * (skipped where no engine answers, unless {@code TESTS_REQUIRE_CONTAINERS=true}). Its session zone is not UTC on purpose.
 */
public final class PostgresServer {

    private static final String SESSION_ZONE = "America/New_York";
    private static final int MOST_SESSIONS = 20;
    private static PostgresServer instance;

    private final String host;
    private final int port;
    private final String password;

    private PostgresServer(String host, int port, String password) {
        this.host = host;
        this.port = port;
        this.password = password;
    }

    public static synchronized PostgresServer get() {
        if (instance == null) {
            instance = "container".equals(System.getProperty("test.postgres")) ? container() : embedded();
        }
        return instance;
    }

    private static PostgresServer embedded() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("timezone", SESSION_ZONE)
                    .setServerConfig("max_connections", "100")
                    .start();
            return new PostgresServer("127.0.0.1", server.getPort(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PostgresServer container() {
        boolean required = Boolean.parseBoolean(System.getenv("TESTS_REQUIRE_CONTAINERS"));
        Assumptions.assumeTrue(
                required || DockerClientFactory.instance().isDockerAvailable(), "no container engine answers");
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:17")
                .withUsername("postgres")
                .withPassword("postgres")
                .withCommand(
                        "postgres", "-c", "fsync=off", "-c", "timezone=" + SESSION_ZONE, "-c", "max_connections=100");
        container.start();
        return new PostgresServer(container.getHost(), container.getMappedPort(5432), "postgres");
    }

    /** Connections of the superuser to the named database, one per call. */
    public DataSource dataSource(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser("postgres");
        source.setPassword(password);
        return source;
    }

    /** Sessions that are used again, as the program does it: most of what tests cost a server is a new one. */
    AgroalDataSource pool(String database, String role) {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(MOST_SESSIONS)
                            .acquisitionTimeout(Duration.ofSeconds(30))
                            .validateOnBorrow(true)
                            .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(5))
                            .connectionFactoryConfiguration(session -> session.jdbcUrl(url(database))
                                    .principal(new NamePrincipal(role))
                                    .credential(new SimplePassword(password)))));
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The same as the settings want it. */
    public String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** Whether it is reached without leaving this machine's loopback. */
    public boolean isHere() {
        return host.equals("127.0.0.1") || host.equals("localhost");
    }

    public String user() {
        return "postgres";
    }

    public String password() {
        return password;
    }

    void execute(String sql) {
        try (Connection connection = dataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
