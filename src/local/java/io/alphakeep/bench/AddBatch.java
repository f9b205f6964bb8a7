package io.alphakeep.bench;

import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Upserts as a Java program writes them by the book: a prepared statement, {@code addBatch}, 1,000 rows to a batch, a
 * transaction for each answer. With {@code reWriteBatchedInserts} the driver makes statements of many rows of it.
 */
final class AddBatch {

    static final int ROWS = 1_000;

    private static final String UPSERT = """
            INSERT INTO %s AS m (ticker, endpoint, api_function, "timestamp", open_price, high_price, low_price, close_price,
                volume, ingestion_epoch, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (ticker, endpoint, "timestamp") DO UPDATE SET open_price = EXCLUDED.open_price,
                high_price = EXCLUDED.high_price, low_price = EXCLUDED.low_price, close_price = EXCLUDED.close_price,
                volume = EXCLUDED.volume, ingestion_epoch = EXCLUDED.ingestion_epoch, updated_at = EXCLUDED.updated_at
            """;

    private AddBatch() {}

    /** @param connection without autocommit */
    static void write(Connection connection, String table, List<SeriesBars> answers) throws SQLException {
        for (SeriesBars answer : answers) {
            write(connection, table, answer);
        }
    }

    static void write(Connection connection, String table, SeriesBars answer) throws SQLException {
        OffsetDateTime now = Clock.systemUTC().instant().atOffset(ZoneOffset.UTC);
        Bars bars = answer.bars();
        try (PreparedStatement statement = connection.prepareStatement(UPSERT.formatted(table))) {
            for (int i = 0; i < bars.size(); i++) {
                statement.setString(1, answer.ticker());
                statement.setString(2, answer.series().endpoint());
                statement.setString(3, answer.series().function());
                statement.setObject(4, bars.timestamp(i).atOffset(ZoneOffset.UTC));
                statement.setBigDecimal(5, bars.value(Figure.OPEN, i));
                statement.setBigDecimal(6, bars.value(Figure.HIGH, i));
                statement.setBigDecimal(7, bars.value(Figure.LOW, i));
                statement.setBigDecimal(8, bars.value(Figure.CLOSE, i));
                statement.setBigDecimal(9, bars.value(Figure.VOLUME, i));
                statement.setLong(10, 1);
                statement.setObject(11, now);
                statement.addBatch();
                if ((i + 1) % ROWS == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
        connection.commit();
    }
}
