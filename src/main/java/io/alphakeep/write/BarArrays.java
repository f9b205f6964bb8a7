package io.alphakeep.write;

import io.alphakeep.db.ArrayLiteral;
import io.alphakeep.market.Bars;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * The small way, and the way of changed rows: one statement over arrays, in one round trip. In the conflict clause stand
 * only EXCLUDED, own columns and bound values: nothing else may on a distributed table.
 *
 * <p>The statement is the arbiter, not what was read before: where a writer that does not know the series' lock came
 * between, a new row becomes a changed or an unchanged one, and is counted as that.
 */
final class BarArrays {

    /** Rows of one statement; its text is about 100 bytes for each. */
    static final int CHUNK_ROWS = 5_000;

    private static final String INTO = """
            INSERT INTO alpha_market_data AS m (
                ticker, "timestamp", endpoint, api_function, open_price, high_price, low_price, close_price, volume,
                adjusted_close, dividend_amount, split_coefficient, quality_flag, raw_payload, ingestion_epoch, updated_at)
            SELECT ?, "timestamp", ?, ?, open_price, high_price, low_price, close_price, volume,
                   adjusted_close, dividend_amount, split_coefficient, quality_flag, raw_payload, ?, ?
            """;

    private static final String ANSWERED = """
            FROM unnest(?::timestamptz[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[],
                        ?::numeric[], ?::numeric[], ?::numeric[], ?::smallint[], ?::jsonb[])
                 AS answered ("timestamp", open_price, high_price, low_price, close_price, volume,
                              adjusted_close, dividend_amount, split_coefficient, quality_flag, raw_payload)
            """;

    static final String OR_CHANGE = """
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

    // Nearly half the price of the next one for a row or two; where a row is there already, that one says.
    private static final String INSERT = INTO + ANSWERED + "ON CONFLICT (ticker, endpoint, \"timestamp\") DO NOTHING";

    private static final String WRITE = INTO + ANSWERED + OR_CHANGE;

    // EXCEPT drops the identical rows before the conflict clause, which would lock them and write 200 bytes of WAL for
    // each. It compares as IS NOT DISTINCT FROM does, and unlike a join it is hashed or sorted whatever the planner
    // believes about a partition without statistics.
    private static final String WRITE_UNSURE = """
            WITH stored AS MATERIALIZED (
                SELECT "timestamp", open_price, high_price, low_price, close_price, volume,
                       adjusted_close, dividend_amount, split_coefficient, quality_flag, raw_payload
                FROM alpha_market_data
                WHERE ticker = ? AND endpoint = ? AND "timestamp" BETWEEN ? AND ?
            ), fresh AS (
                SELECT *
            """ + ANSWERED + """
                EXCEPT
                SELECT * FROM stored
            )
            """ + INTO + """
            FROM fresh
            ORDER BY "timestamp"
            """ + OR_CHANGE;

    /** Writes the rows that have the verdict, in the order of their key. */
    Written write(Connection connection, JudgedBars rows, byte verdict) throws SQLException {
        Written written = Written.NOTHING;
        int left = rows.count(verdict);
        int next = 0;
        while (left > 0) {
            int[] chunk = new int[Math.min(left, CHUNK_ROWS)];
            for (int i = 0; i < chunk.length; next++) {
                if (rows.verdict(next) == verdict) {
                    chunk[i++] = next;
                }
            }
            written = written.plus(
                    switch (verdict) {
                        case JudgedBars.NEW -> fresh(connection, rows, chunk);
                        case JudgedBars.CHANGED -> known(connection, rows, chunk);
                        default -> unsure(connection, rows, chunk);
                    });
            left -= chunk.length;
        }
        return written;
    }

    /** All of them are new by what was read: what is there nevertheless came from a writer that does not know the lock. */
    private static Written fresh(Connection connection, JudgedBars rows, int[] chunk) throws SQLException {
        long inserted;
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            Parameters parameters = new Parameters(statement);
            stamps(parameters, rows.target());
            columns(parameters, rows, chunk);
            inserted = statement.executeLargeUpdate();
        }
        Written written = new Written(inserted, 0);
        return inserted == chunk.length ? written : written.plus(known(connection, rows, chunk));
    }

    private static Written known(Connection connection, JudgedBars rows, int[] chunk) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            Parameters parameters = new Parameters(statement);
            stamps(parameters, rows.target());
            columns(parameters, rows, chunk);
            return written(parameters, rows.target(), statement);
        }
    }

    private static Written unsure(Connection connection, JudgedBars rows, int[] chunk) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE_UNSURE)) {
            Parameters parameters = new Parameters(statement);
            parameters.text(rows.target().ticker());
            parameters.text(rows.target().endpoint());
            parameters.instant(rows.bars().timestamp(chunk[0]));
            parameters.instant(rows.bars().timestamp(chunk[chunk.length - 1]));
            columns(parameters, rows, chunk);
            stamps(parameters, rows.target());
            return written(parameters, rows.target(), statement);
        }
    }

    private static void stamps(Parameters parameters, BarTarget target) throws SQLException {
        parameters.text(target.ticker());
        parameters.text(target.endpoint());
        parameters.text(target.series().function());
        parameters.number(target.context().run());
        parameters.instant(target.context().insertedAt());
    }

    private static Written written(Parameters parameters, BarTarget target, PreparedStatement statement)
            throws SQLException {
        parameters.instant(target.context().changedAt());
        parameters.instant(target.context().insertedAt());
        return Written.by(statement);
    }

    private static void columns(Parameters parameters, JudgedBars rows, int[] chunk) throws SQLException {
        Bars bars = rows.bars();
        ArrayText timestamps = new ArrayText(chunk.length);
        for (int row : chunk) {
            timestamps.instant(bars.second(row));
        }
        parameters.array(timestamps.toString());
        for (Bars.Figure figure : Bars.Figure.values()) {
            ArrayText figures = new ArrayText(chunk.length);
            for (int row : chunk) {
                figures.figure(bars, figure, row);
            }
            parameters.array(figures.toString());
        }
        ArrayText flags = new ArrayText(chunk.length);
        for (int row : chunk) {
            flags.number(rows.flag(row));
        }
        parameters.array(flags.toString());
        parameters.array(raw(rows, chunk));
    }

    private static String raw(JudgedBars rows, int[] chunk) {
        if (!rows.hasRaw()) {
            return "{}";
        }
        ArrayLiteral array = new ArrayLiteral();
        Arrays.stream(chunk).forEach(row -> array.add(rows.raw(row)));
        return array.toString();
    }
}
