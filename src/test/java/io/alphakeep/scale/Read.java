package io.alphakeep.scale;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The queries that are asked, with bound values; each knows how many rows it must get, whatever maintenance is doing.
 *
 * @param name as the table has it
 */
record Read(String name, String sql, Binder binder) {

    /** Sets the values of one call. */
    @FunctionalInterface
    interface Binder {
        /** @return how many rows there must be */
        int bind(PreparedStatement statement, Population population, RandomGenerator random) throws SQLException;
    }

    // 100 sessions and some.
    private static final int DAYS_OF_100_BARS = 160;

    static final List<Read> ALL = List.of(
            new Read("the plan's query, 100 rows", """
                    SELECT ticker, close_price, volume FROM alpha_market_data
                    WHERE ticker = ? AND "timestamp" >= ? AND api_function = 'TIME_SERIES_DAILY'
                    ORDER BY "timestamp" DESC LIMIT 100
                    """, (statement, population, random) -> {
                statement.setString(1, population.ticker(random));
                instant(statement, 2, population.sessions().today().minusDays(DAYS_OF_100_BARS));
                return 100;
            }),
            new Read("last 100 daily bars", """
                    SELECT "timestamp", open_price, high_price, low_price, close_price, volume FROM alpha_market_data
                    WHERE ticker = ? AND endpoint = 'TIME_SERIES_DAILY' AND "timestamp" >= ?
                    ORDER BY "timestamp" DESC LIMIT 100
                    """, (statement, population, random) -> {
                statement.setString(1, population.ticker(random));
                instant(statement, 2, population.sessions().today().minusDays(DAYS_OF_100_BARS));
                return 100;
            }),
            new Read("last 100 daily bars, no bound on time", """
                    SELECT "timestamp", open_price, high_price, low_price, close_price, volume FROM alpha_market_data
                    WHERE ticker = ? AND endpoint = 'TIME_SERIES_DAILY'
                    ORDER BY "timestamp" DESC LIMIT 100
                    """, (statement, population, random) -> {
                statement.setString(1, population.ticker(random));
                return 100;
            }),
            new Read("a year of daily bars", """
                    SELECT "timestamp", open_price, high_price, low_price, close_price, volume FROM alpha_market_data
                    WHERE ticker = ? AND endpoint = 'TIME_SERIES_DAILY' AND "timestamp" >= ? AND "timestamp" < ?
                    ORDER BY "timestamp"
                    """, (statement, population, random) -> {
                int year = population.year(random);
                statement.setString(1, population.ticker(random));
                instant(statement, 2, LocalDate.of(year, 1, 1));
                instant(statement, 3, LocalDate.of(year + 1, 1, 1));
                return population.sessions().daysOf(year);
            }),
            new Read("a day of 5-minute bars", """
                    SELECT "timestamp", open_price, high_price, low_price, close_price, volume FROM alpha_market_data
                    WHERE ticker = ? AND endpoint = 'TIME_SERIES_INTRADAY_5min' AND "timestamp" >= ? AND "timestamp" < ?
                    ORDER BY "timestamp"
                    """, (statement, population, random) -> {
                Population.Slice slice = population.slice(random);
                statement.setString(1, slice.ticker());
                instant(statement, 2, slice.day());
                instant(statement, 3, slice.day().plusDays(1));
                return Shape.FIVE_MINUTES.barsOf(slice.day());
            }),
            new Read("latest close", """
                    SELECT "timestamp", close_price FROM alpha_latest_bar WHERE ticker = ? AND endpoint = 'TIME_SERIES_DAILY'
                    """, (statement, population, random) -> {
                statement.setString(1, population.ticker(random));
                return 1;
            }),
            new Read("market cap over 1e9, top 100", """
                    SELECT ticker, market_cap FROM alpha_fundamental_data
                    WHERE data_type = 'overview' AND market_cap > ? ORDER BY market_cap DESC LIMIT 100
                    """, (statement, population, random) -> {
                statement.setLong(1, 1_000_000_000);
                return 100;
            }));

    private static void instant(PreparedStatement statement, int index, LocalDate day) throws SQLException {
        statement.setObject(index, day.atStartOfDay().atOffset(ZoneOffset.UTC));
    }

    /** @throws AssertionError when it got another number of rows than there are */
    void ask(PreparedStatement statement, Population population, RandomGenerator random) throws SQLException {
        int expected = binder.bind(statement, population, random);
        int rows = 0;
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows++;
            }
        }
        if (rows != expected) {
            throw new AssertionError(name + ": " + rows + " rows instead of " + expected);
        }
    }
}
