package io.alphakeep.advise.doctor;

import io.alphakeep.db.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the role needs for every verb but {@code migrate}, {@code maintain} and {@code policy set}, which want the owner of the
 * tables: {@code deploy/roles/grants.sql} gives the same to the writer.
 */
final class Privileges implements Look {

    // Columns that are generated as identity need no right to their sequences.
    private static final String QUERY = """
            WITH needed (name, verbs) AS (VALUES
                ('alpha_market_data', 'SELECT, INSERT, UPDATE, DELETE'),
                ('alpha_fundamental_data', 'SELECT, INSERT, UPDATE'),
                ('alpha_run', 'SELECT, INSERT, UPDATE'),
                ('alpha_request', 'SELECT, INSERT'),
                ('alpha_watermark', 'SELECT, INSERT, UPDATE'),
                ('alpha_reject', 'SELECT, INSERT'),
                ('alpha_budget', 'SELECT, INSERT, UPDATE'),
                ('alpha_watch', 'SELECT, INSERT, UPDATE, DELETE'),
                ('alpha_policy', 'SELECT'),
                ('alpha_maintenance', 'SELECT, INSERT'),
                ('alpha_tick', 'SELECT, INSERT, UPDATE'),
                ('alpha_schema_history', 'SELECT'))
            SELECT t.oid::regclass::text AS object, string_agg(verb, ', ' ORDER BY place) AS verbs, false AS callable
            FROM needed n
            JOIN pg_namespace s ON s.nspname = ?
            JOIN pg_class t ON t.relnamespace = s.oid AND t.relname = n.name
            CROSS JOIN LATERAL unnest(string_to_array(n.verbs, ', ')) WITH ORDINALITY AS v (verb, place)
            WHERE NOT has_table_privilege(t.oid, verb)
            GROUP BY t.oid
            UNION ALL
            SELECT p.oid::regprocedure::text, 'EXECUTE', true
            FROM pg_proc p
            JOIN pg_namespace s ON s.oid = p.pronamespace AND s.nspname = ?
            WHERE p.proname IN ('create_monthly_partition', 'create_yearly_partition')
              AND NOT has_function_privilege(p.oid, 'EXECUTE')
            ORDER BY 3, 1
            """;

    private static final String ROLE = """
            SELECT quote_ident(current_user) AS role, has_schema_privilege(s.oid, 'USAGE') AS usage,
                   pg_get_userbyid(t.relowner) AS owner, pg_has_role(t.relowner, 'USAGE') AS owns
            FROM pg_namespace s
            LEFT JOIN pg_class t ON t.relnamespace = s.oid AND t.relname = 'alpha_market_data'
            WHERE s.nspname = ?
            """;

    private final String schema;

    Privileges(String schema) {
        this.schema = schema;
    }

    @Override
    public Check at(Connection connection, String id) throws SQLException {
        List<String> grants = new ArrayList<>();
        String role;
        String maintain;
        // So that the names of the objects in the fix carry their schema.
        try (PreparedStatement bare =
                        connection.prepareStatement("SELECT set_config('search_path', 'pg_catalog', true)");
                PreparedStatement who = connection.prepareStatement(ROLE)) {
            bare.execute();
            who.setString(1, schema);
            try (ResultSet row = who.executeQuery()) {
                row.next();
                role = row.getString("role");
                maintain = row.getBoolean("owns")
                        ? "; owns the tables, so may maintain them"
                        : "; migrate, maintain and policy set want the owner, role " + row.getString("owner");
                if (!row.getBoolean("usage")) {
                    grants.add("GRANT USAGE ON SCHEMA " + Identifier.quote(schema) + " TO " + role + ";");
                }
            }
        }
        try (PreparedStatement missing = connection.prepareStatement(QUERY)) {
            missing.setString(1, schema);
            missing.setString(2, schema);
            try (ResultSet rows = missing.executeQuery()) {
                while (rows.next()) {
                    grants.add("GRANT " + rows.getString("verbs") + " ON "
                            + (rows.getBoolean("callable") ? "FUNCTION " : "") + rows.getString("object") + " TO "
                            + role + ";");
                }
            }
        }
        return grants.isEmpty()
                ? Check.ok(id, "the role " + role + " may do all that ingest does" + maintain)
                : Check.fail(
                        id,
                        "the role " + role + " lacks " + grants.size() + " grants" + maintain,
                        String.join(" ", grants));
    }
}
