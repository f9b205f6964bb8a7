package io.alphakeep.run;

import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.SqlState;
import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.policy.Policies;
import io.alphakeep.maintain.policy.PolicyStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The policies of this warehouse under these settings. */
final class PolicyShelf {

    private static final String OWNER =
            "SELECT current_user, pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass('alpha_policy')";

    private final AlphakeepConfig config;
    private final Transactions transactions;
    private final PolicyStore store;

    PolicyShelf(AlphakeepConfig config, Transactions transactions, Clock clock) {
        this.config = config;
        this.transactions = transactions;
        this.store = new PolicyStore(transactions, clock);
    }

    Policies effective() {
        Map<String, String> given = new HashMap<>();
        config.archive().mode().ifPresent(mode -> given.put("archive.mode", mode));
        config.archive().afterMonths().ifPresent(months -> given.put("archive.after-months", Integer.toString(months)));
        return Policies.of(store.read(), given);
    }

    /**
     * @throws Failure 2 when one has not its form or they do not go together, 78 for a role that may not; nothing is
     *     stored then
     */
    void set(Map<String, String> values) {
        usage(() -> store.set(values));
    }

    /** @throws Failure 2 as {@link #set} */
    void reset(Collection<String> names) {
        usage(() -> store.reset(names));
    }

    private void usage(Runnable change) {
        try {
            change.run();
        } catch (DatabaseException e) {
            throw e.state().equals(SqlState.NO_RIGHT) ? transactions.run(c -> lacking(c, e)) : e;
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.USAGE, "policy: " + e.getMessage(), "nothing was changed", e);
        }
    }

    private static Failure lacking(Connection connection, DatabaseException e) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OWNER);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Failure(
                    Failure.Kind.CONFIGURATION,
                    "the role " + row.getString(1)
                            + " may not change policies: it lacks INSERT, UPDATE and DELETE on alpha_policy",
                    "run it as the owner of the tables (role " + row.getString(2) + ")",
                    e);
        }
    }
}
