package io.alphakeep.db;

import io.alphakeep.config.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What a role lacks that may not migrate. */
final class MigrationRights {

    private static final String QUERY = """
            SELECT quote_ident(current_user) AS me, quote_ident(current_database()) AS database, quote_ident(s.name) AS schema,
                   n.oid IS NOT NULL AS there,
                   concat_ws(', ', CASE WHEN NOT has_schema_privilege(n.oid, 'USAGE') THEN 'USAGE' END,
                             CASE WHEN NOT has_schema_privilege(n.oid, 'CREATE') THEN 'CREATE' END) AS lacks,
                   CASE WHEN NOT pg_has_role(t.relowner, 'USAGE') THEN pg_get_userbyid(t.relowner) END AS owner
            FROM (VALUES (?)) AS s (name)
            LEFT JOIN pg_namespace n ON n.nspname = s.name
            LEFT JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = 'alpha_market_data'
            """;

    private MigrationRights() {}

    /** @return 78, with the right and with who may do it or how it is given */
    static Failure lacking(Connection connection, String schema, DatabaseException refusal) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return failure(row, refusal);
            }
        }
    }

    private static Failure failure(ResultSet row, DatabaseException refusal) throws SQLException {
        String me = row.getString("me");
        String where = "schema " + row.getString("schema");
        String owner = row.getString("owner");
        if (owner != null) {
            return new Failure(
                    Failure.Kind.CONFIGURATION,
                    "the role " + me + " may not alter the tables of " + where,
                    "migrate as their owner (role " + owner + ")",
                    refusal);
        }
        boolean there = row.getBoolean("there");
        String lacks = there ? row.getString("lacks") : "CREATE";
        if (lacks.isEmpty()) {
            return new Failure(
                    Failure.Kind.CONFIGURATION,
                    "the role " + me + " may not make the tables in " + where + ": " + refusal.getMessage(),
                    "migrate as the owner (alphakeep_owner of deploy/roles)",
                    refusal);
        }
        String right = lacks + " ON "
                + (there ? "SCHEMA " + row.getString("schema") : "DATABASE " + row.getString("database"));
        return new Failure(
                Failure.Kind.CONFIGURATION,
                "the role " + me + " may not make the tables in " + where + ": it lacks " + right,
                "migrate as the owner (alphakeep_owner of deploy/roles), or: GRANT " + right + " TO " + me,
                refusal);
    }
}
