package io.alphakeep.maintain.index;

import io.alphakeep.db.Identifier;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that make and drop an index. Column names are quoted, and the function's alphabet was checked by the
 * policy: parameters cannot be bound in a utility statement.
 */
record IndexStatements(String schema) {

    private static final String CREATE = "CREATE INDEX CONCURRENTLY %s ON %s (%s)%s%s";
    private static final String INCLUDE = " INCLUDE (%s)";
    private static final String WHERE = " WHERE api_function = '%s'";
    private static final String DROP = "DROP INDEX CONCURRENTLY IF EXISTS %s";

    /** The index lands in the schema of its table. */
    String create(String partition, IndexPolicy policy) {
        return CREATE.formatted(
                Identifier.quote(IndexName.of(partition, policy)),
                qualified(partition),
                columns(policy.key()),
                policy.include().isEmpty() ? "" : INCLUDE.formatted(columns(policy.include())),
                policy.function().isEmpty() ? "" : WHERE.formatted(policy.function()));
    }

    String drop(String index) {
        return DROP.formatted(qualified(index));
    }

    private String qualified(String name) {
        return Identifier.quote(schema) + "." + Identifier.quote(name);
    }

    private static String columns(List<String> names) {
        return names.stream().map(Identifier::quote).collect(Collectors.joining(", "));
    }
}
