package io.alphakeep.scale;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/**
 * The writes that are made: upserts of daily bars, as a user without this program would write them.
 *
 * @param name as the table has it
 * @param days to choose from
 * @param all  whether all these days are written at once, or a random one of them
 */
record Write(String name, Function<Population, List<LocalDate>> days, boolean all) {

    static final List<Write> ALL = List.of(
            new Write(
                    "upsert of today's bar",
                    population -> List.of(population.sessions().today()),
                    false),
            new Write("upsert of 100 recent bars", Population::writtenRecentDays, true),
            new Write("upsert of a bar of an old month", Population::writtenOldDays, false));

    private static final String UPSERT = """
            INSERT INTO alpha_market_data AS m (
                ticker, "timestamp", endpoint, api_function, open_price, high_price, low_price, close_price, volume,
                ingestion_epoch, updated_at)
            SELECT ?, "timestamp", 'TIME_SERIES_DAILY', 'TIME_SERIES_DAILY', price, price, price, price, 1000, ?, ?
            FROM unnest(?::timestamptz[], ?::numeric[]) AS bar ("timestamp", price)
            ON CONFLICT (ticker, endpoint, "timestamp") DO UPDATE
            SET open_price = EXCLUDED.open_price, high_price = EXCLUDED.high_price, low_price = EXCLUDED.low_price,
                close_price = EXCLUDED.close_price, volume = EXCLUDED.volume,
                ingestion_epoch = EXCLUDED.ingestion_epoch, updated_at = EXCLUDED.updated_at
            """;

    static PreparedStatement prepare(Connection connection) throws SQLException {
        return connection.prepareStatement(UPSERT);
    }

    /** @param ticker one that no other writer writes, so that the order of its writes is known */
    void write(PreparedStatement statement, String ticker, List<LocalDate> chosen, Written written)
            throws SQLException {
        long number = written.next();
        Object[] instants = chosen.stream()
                .map(day -> day.atStartOfDay().toInstant(ZoneOffset.UTC).toString())
                .toArray();
        Object[] prices =
                chosen.stream().map(day -> BigDecimal.valueOf(number, 4)).toArray();
        statement.setString(1, ticker);
        statement.setLong(2, number);
        statement.setObject(3, Instant.now().atOffset(ZoneOffset.UTC));
        statement.setArray(4, statement.getConnection().createArrayOf("timestamptz", instants));
        statement.setArray(5, statement.getConnection().createArrayOf("numeric", prices));
        int rows = statement.executeUpdate();
        if (rows != chosen.size()) {
            throw new AssertionError(name + ": " + rows + " rows instead of " + chosen.size());
        }
        chosen.forEach(day -> written.acknowledged(ticker, day, number));
    }
}
