package io.alphakeep.bench;

import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;

/** How the original plan's pipeline wrote: row by row, each upsert a transaction of its own, the bar's JSON beside its columns. */
final class PlanUpsert {

    private static final String UPSERT = """
            INSERT INTO before_market_data (ticker, "timestamp", endpoint, api_function, open_price, high_price, low_price,
                close_price, volume, raw_payload, ingestion_epoch, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
            ON CONFLICT (ticker, "timestamp", endpoint) DO UPDATE SET
                open_price = EXCLUDED.open_price, high_price = EXCLUDED.high_price, low_price = EXCLUDED.low_price,
                close_price = EXCLUDED.close_price, volume = EXCLUDED.volume, raw_payload = EXCLUDED.raw_payload,
                ingestion_epoch = EXCLUDED.ingestion_epoch, updated_at = EXCLUDED.updated_at
            """;

    private static final String JSON =
            "{\"1. open\": \"%s\", \"2. high\": \"%s\", \"3. low\": \"%s\", \"4. close\": \"%s\", \"5. volume\": \"%s\"}";

    private PlanUpsert() {}

    /** @param connection with autocommit */
    static void write(Connection connection, SeriesBars answer) throws SQLException {
        Bars bars = answer.bars();
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            for (int i = 0; i < bars.size(); i++) {
                statement.setString(1, answer.ticker());
                statement.setObject(2, bars.timestamp(i).atOffset(ZoneOffset.UTC));
                statement.setString(3, answer.series().endpoint());
                statement.setString(4, answer.series().function());
                statement.setBigDecimal(5, bars.value(Figure.OPEN, i));
                statement.setBigDecimal(6, bars.value(Figure.HIGH, i));
                statement.setBigDecimal(7, bars.value(Figure.LOW, i));
                statement.setBigDecimal(8, bars.value(Figure.CLOSE, i));
                statement.setBigDecimal(9, bars.value(Figure.VOLUME, i));
                statement.setString(
                        10,
                        JSON.formatted(
                                bars.value(Figure.OPEN, i),
                                bars.value(Figure.HIGH, i),
                                bars.value(Figure.LOW, i),
                                bars.value(Figure.CLOSE, i),
                                bars.value(Figure.VOLUME, i)));
                statement.setLong(11, 1);
                statement.setObject(12, Clock.systemUTC().instant().atOffset(ZoneOffset.UTC));
                statement.executeUpdate();
            }
        }
    }
}
