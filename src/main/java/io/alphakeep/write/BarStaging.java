package io.alphakeep.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The way of bulk that may meet stored rows: COPY into a temporary table, then one statement with the same filter, conflict
 * clause and classification as {@link BarArrays}. The table lives in the caller's transaction, a transaction-mode pooler
 * would lose it otherwise.
 */
final class BarStaging {

    private static final String STAGE = """
            CREATE TEMPORARY TABLE alpha_bar_stage (
                "timestamp" timestamptz, open_price numeric, high_price numeric, low_price numeric, close_price numeric,
                volume numeric, adjusted_close numeric, dividend_amount numeric, split_coefficient numeric,
                quality_flag smallint, raw_payload jsonb) ON COMMIT DROP
            """;

    private static final String COPY = """
            COPY pg_temp.alpha_bar_stage ("timestamp", open_price, high_price, low_price, close_price, volume,
                adjusted_close, dividend_amount, split_coefficient, quality_flag, raw_payload) FROM STDIN
            """;

    // Autovacuum never sees a temporary table; without statistics the planner guesses.
    private static final String ANALYZE = "ANALYZE pg_temp.alpha_bar_stage";

    private static final String MERGE = """
            WITH stored AS MATERIALIZED (
                SELECT "timestamp", open_price, high_price, low_price, close_price, volume,
                       adjusted_close, dividend_amount, split_coefficient, quality_flag, raw_payload
                FROM alpha_market_data
                WHERE ticker = ? AND endpoint = ? AND "timestamp" BETWEEN ? AND ?
            ), fresh AS (
                SELECT * FROM pg_temp.alpha_bar_stage
                EXCEPT
                SELECT * FROM stored
            )
            INSERT INTO alpha_market_data AS m (
                ticker, "timestamp", endpoint, api_function, open_price, high_price, low_price, close_price, volume,
                adjusted_close, dividend_amount, split_coefficient, quality_flag, raw_payload, ingestion_epoch, updated_at)
            SELECT ?, "timestamp", ?, ?, open_price, high_price, low_price, close_price, volume,
                   adjusted_close, dividend_amount, split_coefficient, quality_flag, raw_payload, ?, ?
            FROM fresh
            ORDER BY "timestamp"
            ON CONFLICT (ticker, endpoint, "timestamp") DO UPDATE
            SET open_price = EXCLUDED.open_price, high_price = EXCLUDED.high_price, low_price = EXCLUDED.low_price,
                close_price = EXCLUDED.close_price, volume = EXCLUDED.volume, adjusted_close = EXCLUDED.adjusted_close,
                dividend_amount = EXCLUDED.dividend_amount, split_coefficient = EXCLUDED.split_coefficient,
                quality_flag = EXCLUDED.quality_flag, raw_payload = EXCLUDED.raw_payload,
                ingestion_epoch = EXCLUDED.ingestion_epoch, updated_at = ?
            WHERE (m.open_price, m.high_price, m.low_price, m.close_price, m.volume, m.adjusted_close,
                   m.dividend_amount, m.split_coefficient, m.quality_flag, m.raw_payload)
                  IS DISTINCT FROM
                  (EXCLUDED.open_price, EXCLUDED.high_price, EXCLUDED.low_price, EXCLUDED.close_price, EXCLUDED.volume,
                   EXCLUDED.adjusted_close, EXCLUDED.dividend_amount, EXCLUDED.split_coefficient,
                   EXCLUDED.quality_flag, EXCLUDED.raw_payload)
            RETURNING updated_at = ?
            """;

    // A second write in the same transaction makes its own.
    private static final String DROP = "DROP TABLE pg_temp.alpha_bar_stage";

    Written write(Connection connection, BarTarget target, List<BarRow> rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(STAGE);
            try (CopyText copy = new CopyText(connection, COPY, "", "")) {
                copy.rows(rows);
                copy.end();
            }
            statement.execute(ANALYZE);
            Written written = merge(connection, target, rows);
            statement.execute(DROP);
            return written;
        }
    }

    private static Written merge(Connection connection, BarTarget target, List<BarRow> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MERGE)) {
            Parameters parameters = new Parameters(statement);
            parameters.text(target.ticker());
            parameters.text(target.endpoint());
            parameters.instant(rows.get(0).timestamp());
            parameters.instant(rows.get(rows.size() - 1).timestamp());
            parameters.text(target.ticker());
            parameters.text(target.endpoint());
            parameters.text(target.series().function());
            parameters.number(target.context().run());
            parameters.instant(target.context().insertedAt());
            parameters.instant(target.context().changedAt());
            parameters.instant(target.context().insertedAt());
            return Written.by(statement);
        }
    }
}
