package io.alphakeep.scale;

import io.alphakeep.testkit.Packaged;
import io.alphakeep.testkit.PostgresServer;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database under measurement, marked as demo: one of the tests' own server, or with {@code -Dscale.url} (jdbc:, with the
 * user in it) an empty one of any server, which is left full afterwards.
 */
public final class ScaleDatabase implements BeforeAllCallback, AfterAllCallback {

    /** Work on a connection of its own, outside of a transaction. */
    @FunctionalInterface
    interface Work {
        void on(Connection connection) throws SQLException;
    }

    private final String url = System.getProperty("scale.url", "");
    private final TestDatabase own = new TestDatabase();

    @Override
    public void beforeAll(ExtensionContext context) {
        if (url.isEmpty()) {
            own.beforeAll(context);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (url.isEmpty()) {
            own.afterAll(context);
        }
    }

    private DataSource dataSource() {
        return url.isEmpty() ? own.dataSource() : external();
    }

    private PGSimpleDataSource external() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    /** The program, working on this database. */
    public Packaged configure(Packaged program) {
        if (url.isEmpty()) {
            return program.with("ALPHAKEEP_DATABASE_URL", PostgresServer.get().url(own.name()))
                    .with("ALPHAKEEP_DATABASE_USER", PostgresServer.get().user())
                    .with("ALPHAKEEP_DATABASE_PASSWORD", PostgresServer.get().password());
        }
        PGSimpleDataSource source = external();
        String password = source.getPassword();
        return program.with("ALPHAKEEP_DATABASE_URL", url.replaceFirst("\\?.*", ""))
                .with("ALPHAKEEP_DATABASE_USER", source.getUser())
                .with("ALPHAKEEP_DATABASE_PASSWORD", password == null ? "" : password);
    }

    Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    void run(Work work) {
        try (Connection connection = connect()) {
            work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    public void execute(String sql) {
        run(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        });
    }

    /** The first column of the first row. */
    public String value(String sql) {
        String[] value = new String[1];
        run(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                value[0] = row.getString(1);
            }
        });
        return value[0];
    }

    public long number(String sql) {
        return Long.parseLong(value(sql));
    }
}
