package io.alphakeep.maintain.policy;

import io.alphakeep.db.ArrayLiteral;
import io.alphakeep.db.Instants;
import io.alphakeep.db.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What the warehouse has stored of policies. The row named {@code warehouse} is the warehouse's mark and none of them. */
public final class PolicyStore {

    // The text of a number or string; of anything else its JSON, which no policy's form lets pass.
    private static final String READ =
            "SELECT name, value #>> '{}' AS text FROM alpha_policy WHERE name <> 'warehouse'";

    private static final String SET = """
            INSERT INTO alpha_policy (name, value, updated_at)
            VALUES (?, CASE WHEN ? THEN (?::text)::jsonb ELSE to_jsonb(?::text) END, ?)
            ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at
            """;

    private static final String RESET = "DELETE FROM alpha_policy WHERE name = ANY (?::text[]) AND name <> 'warehouse'";

    // Two that change policies at once must not each find its own fit to what was before.
    private static final String LOCK = "LOCK TABLE alpha_policy IN SHARE ROW EXCLUSIVE MODE";

    private final Transactions transactions;
    private final Clock clock;

    public PolicyStore(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Texts by name. */
    public Map<String, String> read() {
        return transactions.run(PolicyStore::read);
    }

    /**
     * All of them or none.
     *
     * @throws IllegalArgumentException when a value has not its form, or does not go together with the others
     */
    public void set(Map<String, String> values) {
        values.forEach((name, text) -> Policy.named(name).check(text));
        transactions.run(connection -> {
            lock(connection);
            Map<String, String> stored = read(connection);
            stored.putAll(values);
            Policies.of(stored, Map.of()).check();
            write(connection, values);
            return null;
        });
    }

    /**
     * Back to the defaults.
     *
     * @throws IllegalArgumentException when a default does not go together with what else is stored
     */
    public void reset(Collection<String> names) {
        transactions.run(connection -> {
            lock(connection);
            Map<String, String> stored = read(connection);
            stored.keySet().removeAll(names);
            Policies.of(stored, Map.of()).check();
            ArrayLiteral all = new ArrayLiteral();
            names.forEach(all::add);
            try (PreparedStatement statement = connection.prepareStatement(RESET)) {
                statement.setString(1, all.toString());
                return statement.executeUpdate();
            }
        });
    }

    private void write(Connection connection, Map<String, String> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SET)) {
            for (Map.Entry<String, String> value : values.entrySet()) {
                boolean number = value.getValue().matches("\\d+");
                statement.setString(1, value.getKey());
                statement.setBoolean(2, number);
                statement.setString(3, number ? value.getValue() : "0");
                statement.setString(4, value.getValue());
                Instants.set(statement, 5, clock.instant());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
        }
    }

    private static Map<String, String> read(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ);
                ResultSet rows = statement.executeQuery()) {
            Map<String, String> values = new HashMap<>();
            while (rows.next()) {
                // JSON's null is none.
                String text = rows.getString("text");
                values.put(rows.getString("name"), text == null ? "null" : text);
            }
            return values;
        }
    }
}
