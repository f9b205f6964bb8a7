package io.alphakeep.advise.seen;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an index would be worth to the planner, by HypoPG: an index that is nowhere but in this session. */
public final class Hypothetical {

    private static final Pattern COST = Pattern.compile("cost=[0-9.]+\\.\\.([0-9.]+)");

    private final Transactions transactions;
    private final String extension;

    /** @param extension the schema that it is installed in, quoted */
    public Hypothetical(Transactions transactions, String extension) {
        this.transactions = transactions;
        this.extension = extension;
    }

    /**
     * @param create the statement that makes the index
     * @param query  of this program's own making: it is explained, and so planned with the rights of the session
     * @return the costs without and with it; empty when it can't be said
     */
    public Optional<String> costs(String create, String query) {
        try {
            return transactions.run(connection -> costs(connection, create.replace(" CONCURRENTLY", ""), query));
        } catch (DatabaseException e) {
            if (ObservedReader.isGone(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Optional<String> costs(Connection connection, String create, String query) throws SQLException {
        Optional<Double> before = cost(connection, query);
        List<String> index = ObservedReader.rows(
                connection,
                "SELECT indexrelid::text FROM " + extension + ".hypopg_create_index(?)",
                row -> row.getString(1),
                create);
        Optional<Double> after;
        try {
            after = cost(connection, query);
        } finally {
            for (String oid : index) {
                ObservedReader.rows(
                        connection, "SELECT " + extension + ".hypopg_drop_index(?::oid)", row -> row.getString(1), oid);
            }
        }
        return before.isEmpty() || after.isEmpty()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the planner's cost %,.0f without it, %,.0f with it (HypoPG)",
                        before.get(),
                        after.get()));
    }

    private static Optional<Double> cost(Connection connection, String query) throws SQLException {
        List<String> plan = ObservedReader.rows(connection, "EXPLAIN " + query, row -> row.getString(1));
        Matcher cost = COST.matcher(plan.get(0));
        return cost.find() ? Optional.of(Double.parseDouble(cost.group(1))) : Optional.empty();
    }
}
