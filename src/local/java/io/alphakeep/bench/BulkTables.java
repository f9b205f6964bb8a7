package io.alphakeep.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Tables to write into beside this program's own. */
final class BulkTables implements AutoCloseable {

    /** No index, no partition. */
    static final String BARE = "bare_market_data";
    /** The same partitions with the index set that the original plan proposes. */
    static final String PLAN = "plan_market_data";

    private static final String[] MAKE = {
        "CREATE TABLE bare_market_data (LIKE alpha_market_data INCLUDING DEFAULTS)",
        "CREATE TABLE plan_market_data (LIKE alpha_market_data INCLUDING DEFAULTS) PARTITION BY RANGE (\"timestamp\")",
        "ALTER TABLE plan_market_data ADD PRIMARY KEY (ticker, \"timestamp\", endpoint)",
        """
        CREATE INDEX ON plan_market_data (ticker, "timestamp" DESC, endpoint)
            INCLUDE (open_price, high_price, low_price, close_price, volume)
        """,
        """
        CREATE INDEX ON plan_market_data (endpoint, "timestamp" DESC)
        """,
        """
        CREATE INDEX ON plan_market_data (ticker, "timestamp" DESC) INCLUDE (close_price, volume, quality_flag)
            WHERE api_function = 'TIME_SERIES_DAILY'
        """
    };

    // The partitions' bounds as the server itself writes them.
    private static final String PARTITIONS = """
            SELECT format('CREATE TABLE %I PARTITION OF plan_market_data %s',
                          'plan' || substr(c.relname, 6), pg_get_expr(c.relpartbound, c.oid))
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'alpha_market_data'::regclass
            """;

    private final Connection connection;

    private BulkTables(Connection connection) {
        this.connection = connection;
    }

    static BulkTables make(Bench bench) throws SQLException {
        Connection connection = bench.target().connect();
        try {
            Sql.run(connection, MAKE);
            List<String> partitions = Sql.column(connection, PARTITIONS);
            Sql.run(connection, partitions.toArray(String[]::new));
            return new BulkTables(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    void empty(String table) throws SQLException {
        Sql.run(connection, "TRUNCATE " + table);
        Sql.checkpoint(connection);
    }

    void look(SameRows same, String technique, String table) throws SQLException {
        same.look(connection, technique, table);
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            Sql.run(
                    connection,
                    "TRUNCATE alpha_market_data",
                    "DROP TABLE IF EXISTS bare_market_data",
                    "DROP TABLE IF EXISTS plan_market_data");
        }
    }
}
