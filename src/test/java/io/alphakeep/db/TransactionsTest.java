package io.alphakeep.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each on one connection that is given back and taken again, as a pool does it. */
@Tag("postgres")
class TransactionsTest {

    private static final String ODD_SCHEMA = "it's \"odd\" $1 ?";
    private static final String SETTINGS = """
            SELECT concat_ws(' ', current_setting('search_path'), current_setting('lock_timeout'),
                             current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout'),
                             current_setting('synchronous_commit'), current_setting('transaction_isolation'))
            """;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private Connection connection;
    private Transactions transactions;

    @BeforeEach
    void connect() throws SQLException {
        DATABASE.execute(
                "CREATE SCHEMA IF NOT EXISTS " + Identifier.quote(ODD_SCHEMA),
                "DROP TABLE IF EXISTS " + Identifier.quote(ODD_SCHEMA) + ".kept",
                "CREATE TABLE " + Identifier.quote(ODD_SCHEMA) + ".kept (id integer PRIMARY KEY)");
        connection = DATABASE.dataSource().getConnection();
        try (PreparedStatement defaults = connection.prepareStatement(
                "SET default_transaction_isolation = 'repeatable read'; SET synchronous_commit = 'local'")) {
            defaults.execute();
        }
        transactions = new Transactions(always(connection), ODD_SCHEMA, Duration.ofMillis(1234), Duration.ofSeconds(7));
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void limitsSchemaAndIsolationHoldForTheTransactionAlone() throws SQLException {
        String outside = setting();
        String inside = Identifier.quote(ODD_SCHEMA) + " 1234ms 7s 10s %s read committed";
        assertThat(transactions.<String>run(c -> setting())).isEqualTo(inside.formatted("local"));
        assertThat(transactions.asynchronous().<String>run(c -> setting())).isEqualTo(inside.formatted("off"));
        assertThat(single(transactions, SETTINGS)).isEqualTo(inside.formatted("local"));
        assertThat(single(transactions.asynchronous(), SETTINGS)).isEqualTo(inside.formatted("off"));
        assertThat(single(transactions.withLockTimeout(Duration.ofSeconds(9)).asynchronous(), SETTINGS))
                .isEqualTo(inside.formatted("off").replace("1234ms", "9s"));
        assertThat(single(transactions.withIdleTimeout(Duration.ofSeconds(3)).asynchronous(), SETTINGS))
                .isEqualTo(inside.formatted("off").replace("10s", "3s"));
        assertThat(transactions.<String>bounded(TransactionsTest::settingTogetherWith))
                .isEqualTo(inside.formatted("local"));
        connection.setAutoCommit(true);
        assertThat(setting()).isEqualTo(outside);
    }

    private static String settingTogetherWith(Connection connection, Bounds bounds) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(bounds.ahead() + SETTINGS)) {
            s.execute();
            bounds.pass(s);
            try (ResultSet r = s.getResultSet()) {
                r.next();
                return r.getString(1);
            }
        }
    }

    /** The driver makes server-side statements of what it has sent five times. */
    @Test
    void aSingleStatementIsCommittedAndSaysWhatItChanged() {
        for (int i = 0; i < 8; i++) {
            int id = i;
            assertThat(transactions.update("INSERT INTO kept VALUES (?), (-?)", s -> {
                        s.setInt(1, id + 1);
                        s.setInt(2, id + 1);
                    }))
                    .isEqualTo(2);
        }
        assertThat(transactions.update("DELETE FROM kept WHERE id = ?", s -> s.setInt(1, 99)))
                .isZero();
        assertThat(DATABASE.value("SELECT count(*) FROM " + Identifier.quote(ODD_SCHEMA) + ".kept"))
                .isEqualTo("16");
    }

    @Test
    void aSingleStatementThatFailsLeavesNothingAndTheConnectionAsItWas() {
        for (int i = 0; i < 8; i++) {
            assertThatThrownBy(() -> transactions.update("INSERT INTO kept VALUES (1), (?)", s -> s.setInt(1, 1)))
                    .isInstanceOfSatisfying(
                            DatabaseException.class, e -> assertThat(e.state()).isEqualTo("23505"));
            assertThat(transactions.update("SELECT 1", s -> {})).isEqualTo(-1);
        }
        assertThat(DATABASE.value("SELECT count(*) FROM " + Identifier.quote(ODD_SCHEMA) + ".kept"))
                .isEqualTo("0");
        assertThat(transactions.<String>run(c -> setting())).contains("1234ms");
    }

    private static String single(Transactions transactions, String sql) {
        return transactions.single(sql, s -> {}, s -> {
            try (ResultSet r = s.getResultSet()) {
                r.next();
                return r.getString(1);
            }
        });
    }

    private String setting() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(SETTINGS);
                ResultSet r = s.executeQuery()) {
            r.next();
            return r.getString(1);
        }
    }

    /** The same connection again and again; closing it gives it back. */
    private static DataSource always(Connection connection) {
        Connection kept = proxy(
                Connection.class,
                (method, args) -> method.getName().equals("close") ? null : method.invoke(connection, args));
        return proxy(DataSource.class, (method, args) -> kept);
    }

    private interface Call {
        Object on(java.lang.reflect.Method method, Object[] args) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            try {
                return call.on(method, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
