package io.alphakeep.db;

import io.alphakeep.config.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;

/**
 * The tables' version, and the warehouse's mark. Foreign tables of our names are never touched, and a schema that is
 * newer than the program is refused.
 */
public final class Schema {

    /** The last migration of this program: the version of the tables it works with. */
    public static final int VERSION = 9;

    /** How the database's schema stands against this program. */
    public enum State {
        /** No table of ours. */
        MISSING,
        /** Ours, older than the program. */
        BEHIND,
        CURRENT,
        /** Ours, newer than the program. */
        NEWER,
        /** A table {@code alpha_market_data} that alphakeep did not make. */
        FOREIGN
    }

    /** What the first migration makes; a table of such a name without our history is somebody else's. */
    private static final List<String> TABLES = List.of(
            "alpha_market_data",
            "alpha_fundamental_data",
            "alpha_run",
            "alpha_request",
            "alpha_watermark",
            "alpha_reject",
            "alpha_budget",
            "alpha_watch",
            "alpha_policy",
            "alpha_maintenance");

    private static final String APPLIED =
            "SELECT coalesce(max(split_part(version, '.', 1)::int), 0) FROM %s.alpha_schema_history WHERE success";

    private final Supplier<Flyway> flyway;
    private final Transactions transactions;

    /** @param flyway configured with the schema, the table {@code alpha_schema_history} and {@code baselineOnMigrate} at version 0 */
    public Schema(Flyway flyway, Transactions transactions) {
        this(() -> flyway, transactions);
    }

    /** @param flyway the same, asked for where there is something to make */
    public Schema(Supplier<Flyway> flyway, Transactions transactions) {
        this.flyway = flyway;
        this.transactions = transactions;
    }

    /** The same tables, looked at within other limits. */
    public Schema within(Transactions limits) {
        return new Schema(flyway, limits);
    }

    /** Read from the tables' history itself: what Flyway says of it knows no limit of time. */
    public State state() {
        return transactions.run(connection -> {
            if (!exists(connection, List.of("alpha_schema_history"))) {
                return exists(connection, TABLES) ? State.FOREIGN : State.MISSING;
            }
            int version = version(connection);
            if (version > VERSION) {
                return State.NEWER;
            }
            return version == VERSION ? State.CURRENT : State.BEHIND;
        });
    }

    private int version(Connection connection) throws SQLException {
        try (PreparedStatement s =
                        connection.prepareStatement(APPLIED.formatted(Identifier.quote(transactions.schema())));
                ResultSet r = s.executeQuery()) {
            r.next();
            return r.getInt(1);
        }
    }

    /** Whether the schema is this program's. */
    public boolean isCurrent() {
        return state() == State.CURRENT;
    }

    /** The migrations that {@link #migrate} would apply, as {@code 001 warehouse}. */
    public List<String> pending() {
        try {
            return Arrays.stream(flyway.get().info().all())
                    .filter(m -> m.getState() == MigrationState.PENDING)
                    .map(m -> m.getVersion() + " " + m.getDescription())
                    .toList();
        } catch (FlywayException e) {
            throw failure(e);
        }
    }

    /**
     * Brings the schema to this program's version; does nothing when it is there.
     *
     * @param demo mark the warehouse as holding simulated data; only one that holds nothing can be marked
     * @return the migrations that were applied
     * @throws Failure 78 for a foreign or newer schema, or a warehouse that may not be marked; nothing was changed then
     */
    public List<String> migrate(boolean demo) {
        State before = state();
        require(before != State.FOREIGN && before != State.NEWER, before);
        if (demo && before != State.MISSING && !isDemo() && !isEmpty()) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    "this warehouse holds real data (schema " + transactions.schema()
                            + "), it cannot be marked as demo",
                    "use an empty database for simulated data");
        }
        List<String> applied = pending();
        try {
            flyway.get().migrate();
        } catch (FlywayException e) {
            throw refused(failure(e));
        }
        if (demo) {
            mark();
        }
        return applied;
    }

    /** @throws Failure 78 unless the schema is this program's */
    public void requireCurrent() {
        State state = state();
        require(state == State.CURRENT, state);
    }

    /** @throws Failure 78 for a foreign or newer schema; a missing or older one is fine */
    public void requireOurs() {
        State state = state();
        require(state != State.FOREIGN && state != State.NEWER, state);
    }

    /** Whether the warehouse was marked as holding simulated data; an unmarked one is real. */
    public boolean isDemo() {
        return transactions.run(c ->
                bool(c, "SELECT EXISTS (SELECT FROM alpha_policy WHERE name = 'warehouse' AND value = '\"demo\"')"));
    }

    private boolean isEmpty() {
        return transactions.run(
                c -> bool(c, "SELECT NOT EXISTS (SELECT FROM alpha_run) AND NOT EXISTS (SELECT FROM alpha_watermark)"));
    }

    private void mark() {
        transactions.run(c -> {
            try (PreparedStatement s = c.prepareStatement(
                    "INSERT INTO alpha_policy (name, value, updated_at) VALUES ('warehouse', '\"demo\"', clock_timestamp()) ON CONFLICT (name) DO NOTHING")) {
                return s.executeUpdate();
            }
        });
    }

    private void require(boolean fine, State state) {
        if (fine) {
            return;
        }
        String where = "schema " + transactions.schema();
        throw switch (state) {
            case MISSING ->
                new Failure(
                        Failure.Kind.CONFIGURATION,
                        "the database has no alphakeep tables in " + where,
                        "make them with: alphakeep migrate (or set ALPHAKEEP_MIGRATE=auto)");
            case BEHIND ->
                new Failure(
                        Failure.Kind.CONFIGURATION,
                        "the tables in " + where + " are older than this program",
                        "bring them up to date with: alphakeep migrate");
            case NEWER ->
                new Failure(
                        Failure.Kind.CONFIGURATION,
                        "the tables in " + where + " were made by a newer alphakeep",
                        "use that version or a later one");
            case FOREIGN ->
                new Failure(
                        Failure.Kind.CONFIGURATION,
                        "there are tables of the names of ours (alpha_market_data and others) in " + where
                                + " that alphakeep did not make; nothing was changed",
                        "set ALPHAKEEP_SCHEMA to another schema, as in ALPHAKEEP_SCHEMA=alphakeep, and migrate again");
            case CURRENT -> new IllegalStateException("current");
        };
    }

    private boolean exists(Connection connection, List<String> tables) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(
                "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ANY (?::text[]))")) {
            s.setString(1, transactions.schema());
            ArrayLiteral names = new ArrayLiteral();
            tables.forEach(names::add);
            s.setString(2, names.toString());
            try (ResultSet r = s.executeQuery()) {
                return r.next() && r.getBoolean(1);
            }
        }
    }

    private static boolean bool(Connection connection, String sql) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(sql);
                ResultSet r = s.executeQuery()) {
            return r.next() && r.getBoolean(1);
        }
    }

    private RuntimeException refused(RuntimeException failure) {
        return failure instanceof DatabaseException e && e.state().equals(SqlState.NO_RIGHT)
                ? transactions.run(connection -> MigrationRights.lacking(connection, transactions.schema(), e))
                : failure;
    }

    private static RuntimeException failure(FlywayException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return new DatabaseException(sql);
            }
        }
        return new Failure(
                Failure.Kind.CONFIGURATION,
                "migration failed: " + e.getMessage().lines().findFirst().orElse(""),
                "",
                e);
    }
}
