package io.alphakeep.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** After each technique's first round: whether it stored the very rows that the others did. */
final class SameRows {

    // What each of them keeps beside these (flags, the run, when it was written) is its own affair.
    private static final String SUM = """
            SELECT count(*) || ' rows, sum ' || coalesce(sum(hash_record_extended(ROW(ticker, endpoint, api_function,
                   "timestamp", open_price, high_price, low_price, close_price, volume), 0)::numeric), 0)
            FROM %s
            """;

    private final Set<String> seen = new HashSet<>();
    private String first;
    private String expected;

    /**
     * @param from a table, and a condition where not all of it is meant
     * @throws IllegalStateException when it is not what the others stored: a bench that compares different work lies
     */
    void look(Connection connection, String technique, String from) throws SQLException {
        if (!seen.add(technique)) {
            return;
        }
        String found = Sql.value(connection, SUM.formatted(from));
        if (expected == null) {
            first = technique;
            expected = found;
        } else if (!expected.equals(found)) {
            throw new IllegalStateException(first + " stored " + expected + ", but " + technique + " stored " + found);
        }
    }
}
