package io.alphakeep.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** A target as the PG* variables that other programs read: a password on a command line could be seen by everybody. */
final class PgEnvironment {

    private static final Map<PGProperty, String> SSL = Map.of(
            PGProperty.SSL_MODE, "PGSSLMODE",
            PGProperty.SSL_ROOT_CERT, "PGSSLROOTCERT",
            PGProperty.SSL_CERT, "PGSSLCERT",
            PGProperty.SSL_KEY, "PGSSLKEY");

    private PgEnvironment() {}

    static Map<String, String> of(Target target) throws SQLException {
        Properties parts = Driver.parseURL(target.url(), new Properties());
        Map<String, String> variables = new HashMap<>();
        variables.put("PGHOST", PGProperty.PG_HOST.getOrDefault(parts));
        variables.put("PGPORT", PGProperty.PG_PORT.getOrDefault(parts));
        variables.put("PGUSER", target.user());
        try (Connection connection = target.connect()) {
            variables.put("PGDATABASE", Sql.value(connection, "SELECT current_database()"));
        }
        if (!target.password().isEmpty()) {
            variables.put("PGPASSWORD", target.password());
        }
        SSL.forEach((property, variable) -> {
            String value = property.getOrDefault(parts);
            if (value != null) {
                variables.put(variable, value);
            }
        });
        // By its name the bench ends the sessions that are left when it is stopped.
        variables.put("PGAPPNAME", target.schema());
        variables.put("PGOPTIONS", "-c search_path=" + target.schema());
        return variables;
    }

    /** For a process that inherits the rest, but none of its user's own PG* variables. */
    static void give(ProcessBuilder builder, Target target) throws SQLException {
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().putAll(of(target));
    }
}
