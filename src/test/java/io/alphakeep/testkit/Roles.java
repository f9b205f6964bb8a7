package io.alphakeep.testkit;

import io.agroal.api.AgroalDataSource;
import io.alphakeep.db.Schema;
import io.alphakeep.db.Transactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The roles of {@code deploy/roles}, made by its own scripts in a schema of a test's database that their owner migrates. What
 * everybody may do in a database by default is taken back first, so that each of their rights is one that they were given.
 */
public final class Roles implements AutoCloseable {

    public static final String SCHEMA = "market";

    private static final Path SCRIPTS = Path.of("deploy/roles");
    private static final List<String> NAMES = List.of("owner", "writer", "reader", "monitor");

    private final TestDatabase database;
    private final Map<String, AgroalDataSource> pools = new HashMap<>();

    private Roles(TestDatabase database) {
        this.database = database;
    }

    /** Makes roles, tables and grants. */
    public static Roles in(TestDatabase database) {
        Roles roles = new Roles(database);
        database.execute("REVOKE ALL ON DATABASE " + database.name() + " FROM PUBLIC");
        roles.script(database.dataSource(), "roles.sql");
        NAMES.forEach(name -> database.execute("ALTER ROLE " + roles.name(name) + " PASSWORD '"
                + PostgresServer.get().password() + "'"));
        DataSource owner = roles.source("owner");
        new Schema(TestDatabase.flyway(owner, SCHEMA), roles.transactions("owner")).migrate(false);
        roles.grant();
        return roles;
    }

    /** Of a role of this test: they belong to the server, not to a database. */
    public String name(String role) {
        return database.name() + "_" + role;
    }

    /** Gives the roles what they are to have, by the owner. */
    public void grant() {
        script(source("owner"), "grants.sql");
    }

    /** A session of its own at each call, which ends when it is closed. */
    public DataSource source(String role) {
        PGSimpleDataSource source = (PGSimpleDataSource) database.dataSource();
        source.setUser(name(role));
        return source;
    }

    /** In sessions that are used again. */
    public Transactions transactions(String role) {
        DataSource source =
                pools.computeIfAbsent(role, r -> PostgresServer.get().pool(database.name(), name(r)));
        return new Transactions(source, SCHEMA, Duration.ofSeconds(5), Duration.ofMinutes(1));
    }

    /** Each right of the role on the tables, functions and the schema: the statement that takes it back, and its undo. */
    public List<List<String>> rights(String role) {
        List<List<String>> rights = new ArrayList<>();
        String select = """
                SELECT a.privilege_type, o.what
                FROM (SELECT relacl AS acl, 'TABLE ' || oid::regclass AS what FROM pg_class WHERE relnamespace = '%1$s'::regnamespace
                      UNION ALL SELECT proacl, 'FUNCTION ' || oid::regprocedure FROM pg_proc WHERE pronamespace = '%1$s'::regnamespace
                      UNION ALL SELECT nspacl, 'SCHEMA ' || nspname FROM pg_namespace WHERE nspname = '%1$s'
                      UNION ALL SELECT datacl, 'DATABASE ' || datname FROM pg_database WHERE datname = current_database()) AS o
                CROSS JOIN LATERAL aclexplode(o.acl) AS a
                WHERE a.grantee = '%2$s'::regrole
                ORDER BY 2, 1
                """.formatted(SCHEMA, name(role));
        for (List<String> right : database.query(select)) {
            String what = right.get(0) + " ON " + right.get(1);
            rights.add(List.of(what, "REVOKE " + what + " FROM " + name(role), "GRANT " + what + " TO " + name(role)));
        }
        return rights;
    }

    private void script(DataSource source, String file) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET alphakeep.schema = '" + SCHEMA + "'");
            for (String role : NAMES) {
                statement.execute("SET alphakeep." + role + " = '" + name(role) + "'");
            }
            statement.execute(Files.readString(SCRIPTS.resolve(file)));
        } catch (SQLException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        pools.values().forEach(AgroalDataSource::close);
        for (String role : NAMES) {
            database.execute("DROP OWNED BY " + name(role) + " CASCADE", "DROP ROLE " + name(role));
        }
    }
}
