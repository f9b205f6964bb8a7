package io.alphakeep.bench;

import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.Outside;
import io.alphakeep.maintain.index.IndexPolicy;
import io.alphakeep.maintain.index.IndexStep;
import io.alphakeep.maintain.index.Indexes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The same bars three times, minute bars beside daily ones: in this program's tables, as the original plan found them, and as
 * this program's but in one table without partitions.
 */
final class MixedTables {

    /** The plan's starting point: no partitions, one thin index per column, and each bar's JSON beside its columns. */
    static final String BEFORE = "before_market_data";

    /** This program's table and key in one piece. */
    static final String FLAT = "flat_market_data";

    static final String PREFIX = "M";

    private static final String[] TABLES = {
        """
        CREATE TABLE before_market_data (
            ticker text NOT NULL, "timestamp" timestamptz NOT NULL, endpoint text NOT NULL, api_function text NOT NULL,
            open_price numeric, high_price numeric, low_price numeric, close_price numeric, volume numeric,
            quality_flag smallint NOT NULL DEFAULT 0, raw_payload jsonb, ingestion_epoch bigint NOT NULL,
            updated_at timestamptz NOT NULL)
        """, "CREATE TABLE flat_market_data (LIKE alpha_market_data INCLUDING DEFAULTS)"
    };

    private static final String[] FILL = {
        """
        INSERT INTO alpha_market_data SELECT * FROM flat_market_data
        """,
        """
        INSERT INTO before_market_data
        SELECT ticker, "timestamp", endpoint, api_function, open_price, high_price, low_price, close_price, volume,
               quality_flag, jsonb_build_object('1. open', open_price::text, '2. high', high_price::text,
               '3. low', low_price::text, '4. close', close_price::text, '5. volume', volume::text), ingestion_epoch,
               updated_at
        FROM flat_market_data
        """,
        """
        ALTER TABLE flat_market_data ADD PRIMARY KEY (ticker, endpoint, "timestamp")
            INCLUDE (open_price, high_price, low_price, close_price, volume)
        """,
        "ALTER TABLE before_market_data ADD UNIQUE (ticker, \"timestamp\", endpoint)",
        "CREATE INDEX ON before_market_data (ticker)",
        "CREATE INDEX ON before_market_data (\"timestamp\")",
        "CREATE INDEX ON before_market_data (endpoint)",
        "VACUUM (ANALYZE) alpha_market_data",
        "VACUUM (ANALYZE) flat_market_data",
        "VACUUM (ANALYZE) before_market_data"
    };

    private MixedTables() {}

    /** Makes and fills them unless they are there. */
    static void ensure(Bench bench) throws SQLException {
        try (Connection connection = bench.target().connect()) {
            if (Sql.value(connection, "SELECT to_regclass('" + FLAT + "')") != null) {
                return;
            }
            bench.progress("bench: filling the tables that are read");
            Sql.run(connection, TABLES);
            Sizes sizes = bench.options().sizes();
            for (int i = 0; i < sizes.readTickers(); i++) {
                List<SeriesBars> ticker = SeriesBars.mixed(PREFIX, i, sizes.readBars(), sizes.sessions());
                CopyRows.send(connection, FLAT, CopyRows.encode(ticker));
            }
            Sql.run(connection, FILL);
            hotIndexes(bench, connection);
            Sql.run(connection, "VACUUM (ANALYZE) alpha_market_data");
            Sql.checkpoint(connection);
        }
    }

    /** Leaves this program's table empty, and drops the other two. */
    static void drop(Bench bench) throws SQLException {
        try (Connection connection = bench.target().connect()) {
            Sql.run(
                    connection,
                    "DROP TABLE IF EXISTS before_market_data",
                    "DROP TABLE IF EXISTS flat_market_data",
                    "TRUNCATE alpha_market_data");
            for (String index : Sql.column(connection, """
                    SELECT indexrelid::regclass FROM pg_index
                    WHERE NOT indisunique AND indrelid IN (
                        SELECT inhrelid FROM pg_inherits WHERE inhparent = 'alpha_market_data'::regclass)
                    """)) {
                Sql.run(connection, "DROP INDEX " + index);
            }
        }
    }

    /** What a pass of {@code maintain} would build on the recent months. */
    private static void hotIndexes(Bench bench, Connection connection) throws SQLException {
        Outside unused = new Outside(bench.transactions(), new Brake(), Duration.ofSeconds(10));
        Indexes indexes = new Indexes(
                bench.transactions(), unused, "alpha_market_data", List.of(IndexPolicy.DEFAULT), Clock.systemUTC());
        for (IndexStep step : indexes.plan()) {
            Sql.run(connection, step.statement());
        }
    }
}
