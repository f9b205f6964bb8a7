package io.alphakeep.advise.doctor;

import io.alphakeep.config.DatabaseUrl;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;

/**
 * Whether a pooler gives each transaction another session of the server, and if so, whether the driver's prepared statements
 * live through it. A direct connection keeps its backend; behind such a pooler a transaction that stays open takes the
 * backend that another connection has just used.
 */
final class Pooler {

    /** Others may take the backend in between. */
    private static final int ROUNDS = 3;

    /** The driver prepares a statement on the server at its fifth use, unless told otherwise. */
    private static final int USES = 6;

    private final Transactions transactions;
    private final boolean unprepared;

    Pooler(Transactions transactions, boolean unprepared) {
        this.transactions = transactions;
        this.unprepared = unprepared;
    }

    Check look(String id) {
        return transactions.alone(one -> transactions.alone(other -> look(id, one, other)));
    }

    private Check look(String id, Connection one, Connection other) throws SQLException {
        if (!isShared(one, other)) {
            return Check.ok(id, "none in transaction mode: a connection keeps its session");
        }
        String seen = "a pooler in transaction mode";
        if (unprepared) {
            return Check.ok(
                    id,
                    seen
                            + "; prepareThreshold=0 is set, so that every verb works through it. Flyway, which migrates, leaves"
                            + " the search_path of the pool's sessions at this schema");
        }
        return loses(one, other)
                .map(lost ->
                        Check.fail(id, seen + " that loses prepared statements: " + lost, DatabaseUrl.UNPREPARED_FIX))
                .orElseGet(() -> Check.ok(id, seen + " that keeps prepared statements"));
    }

    private static boolean isShared(Connection one, Connection other) throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            long before = backend(one);
            execute(other, "BEGIN");
            try {
                if (backend(other) == before || backend(one) != before) {
                    return true;
                }
            } finally {
                execute(other, "ROLLBACK");
            }
        }
        return false;
    }

    /** What the driver is told when it uses a statement that it has prepared in another session; empty if it is not. */
    private static Optional<String> loses(Connection one, Connection other) throws SQLException {
        String mark = "alphakeep doctor " + UUID.randomUUID();
        try (PreparedStatement statement = one.prepareStatement("SELECT '" + mark + "'")) {
            // Outside of a transaction the driver mends it by itself, which the program's transactions can't have.
            one.setAutoCommit(false);
            boolean own = true;
            for (int use = 0; use < USES; use++) {
                own &= mark.equals(read(statement));
            }
            one.commit();
            execute(other, "BEGIN");
            try {
                backend(other);
                own &= mark.equals(read(statement));
            } finally {
                one.rollback();
                one.setAutoCommit(true);
                forget(other, mark);
            }
            return own ? Optional.empty() : Optional.of("another one of the same name answered");
        } catch (SQLException e) {
            // Not only that it is unknown there (26000): one of the same name may want other parameters.
            return Optional.of(new DatabaseException(e).getMessage());
        }
    }

    /** The pooled session outlives us, and so would what was prepared in it. */
    private static void forget(Connection connection, String mark) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String name = null;
            try (ResultSet row = statement.executeQuery("SELECT quote_ident(name) FROM pg_prepared_statements WHERE"
                    + " name LIKE 'S\\_%' AND position('" + mark + "' IN statement) > 0 LIMIT 1")) {
                if (row.next()) {
                    name = row.getString(1);
                }
            }
            if (name != null) {
                statement.execute("DEALLOCATE " + name);
            }
            statement.execute("ROLLBACK");
        }
    }

    private static long backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String read(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
