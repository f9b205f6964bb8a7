package io.alphakeep.scale;

import io.alphakeep.db.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Fills {@code alpha_market_data} on the server: a month at a time, straight into its partition and in the order of its key, by
 * several connections. The figures of a bar are a hash of its key. All partitions are monthly, also those of years that the
 * program would have made as one.
 */
public final class BarGenerator {

    /** What {@code ingestion_epoch} says of rows from here. */
    static final long EPOCH = 1;

    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("yyyy_MM");

    // Prices are counted in 1/10,000 and lie between 10 and 310.
    private static final String FILL = """
            INSERT INTO %s (
                ticker, "timestamp", endpoint, api_function, open_price, high_price, low_price, close_price, volume,
                adjusted_close, dividend_amount, split_coefficient, ingestion_epoch, updated_at)
            SELECT ticker, to_timestamp(instant), endpoint, api_function,
                   open * 0.0001, (greatest(open, close) + (hash >> 26 & 1023)) * 0.0001,
                   (least(open, close) - (hash >> 36 & 1023)) * 0.0001, close * 0.0001,
                   ((hash >> 46 & 131071) + 1) * CASE WHEN api_function = 'TIME_SERIES_INTRADAY' THEN 1 ELSE 113 END,
                   CASE WHEN adjusted THEN close * 0.000098765432 END,
                   CASE WHEN adjusted THEN 0.0000 END,
                   CASE WHEN adjusted THEN 1.0 END,
                   ?, ?
            FROM (
                SELECT *, base + (hash & 8191) AS open, base + (hash >> 13 & 8191) AS close
                FROM (
                    SELECT *, 110000 + (seed & 2097151) AS base, hashint8extended(instant, seed) AS hash
                    FROM (
                        SELECT ticker, endpoint, api_function, adjusted, instants,
                               hashtextextended(ticker || endpoint, 0) AS seed
                        FROM unnest(?::text[]) WITH ORDINALITY AS named (ticker, number)
                        JOIN (VALUES (?, ?, ?, ?, ?::bigint[]),
                                     (?, ?, ?, ?, ?::bigint[]),
                                     (?, ?, ?, ?, ?::bigint[]),
                                     (?, ?, ?, ?, ?::bigint[]),
                                     (?, ?, ?, ?, ?::bigint[])) AS shape (tickers, endpoint, api_function, adjusted, instants)
                          ON number <= tickers
                        ORDER BY ticker COLLATE "C", endpoint COLLATE "C"
                    ) AS series
                    CROSS JOIN LATERAL unnest(instants) AS instant
                ) AS seeded
            ) AS bar
            """;

    private static final String WATERMARKS = """
            INSERT INTO alpha_watermark (
                ticker, endpoint, api_function, first_timestamp, last_timestamp, last_answer_at, last_attempt_at)
            SELECT ticker, ?, ?, to_timestamp(?), to_timestamp(?), ?, ? FROM unnest(?::text[]) AS ticker
            """;

    private final ScaleDatabase database;
    private final Sessions sessions;
    private final OffsetDateTime now = Instant.now().atOffset(ZoneOffset.UTC);

    public BarGenerator(ScaleDatabase database, Sessions sessions) {
        this.database = database;
        this.sessions = sessions;
    }

    /** @param connections how many partitions are filled at the same time */
    public void fill(Mix mix, int connections) {
        fill(mix, connections, sessions.months());
        database.run(c -> watermarks(c, mix));
    }

    /** Only these months of it. */
    void fill(Mix mix, int connections, List<YearMonth> months) {
        database.run(c -> partitions(c, months));
        Parallel.each(database, connections, months, (c, month) -> fill(c, mix, month));
    }

    /** Each in a transaction of its own. */
    private static void partitions(Connection connection, List<YearMonth> months) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT create_monthly_partition('alpha_market_data', ?)")) {
            for (YearMonth month : months) {
                statement.setObject(1, month.atDay(1));
                statement.execute();
            }
        }
    }

    private void fill(Connection connection, Mix mix, YearMonth month) throws SQLException {
        String partition = Identifier.quote("alpha_market_data_" + SUFFIX.format(month));
        try (Statement statement = connection.createStatement()) {
            // Many short statements, whose plans look expensive.
            statement.execute("SET jit = off");
            statement.execute("SET synchronous_commit = off");
        }
        try (PreparedStatement statement = connection.prepareStatement(FILL.formatted(partition))) {
            int i = 0;
            statement.setLong(++i, EPOCH);
            statement.setObject(++i, now);
            statement.setArray(++i, connection.createArrayOf("text", mix.names().toArray()));
            for (Shape shape : Shape.values()) {
                statement.setInt(++i, mix.tickers(shape));
                statement.setString(++i, shape.endpoint());
                statement.setString(++i, shape.function());
                statement.setBoolean(++i, shape.adjusted());
                LongStream instants = shape.instants(sessions.of(month, mix.stride(shape)));
                statement.setArray(
                        ++i, connection.createArrayOf("bigint", instants.boxed().toArray()));
            }
            statement.executeUpdate();
        }
        try (Statement statement = connection.createStatement()) {
            // While it is still in memory.
            statement.execute("VACUUM (ANALYZE) " + partition);
        }
    }

    private void watermarks(Connection connection, Mix mix) throws SQLException {
        List<String> names = mix.names();
        try (PreparedStatement statement = connection.prepareStatement(WATERMARKS)) {
            for (Shape shape : Shape.values()) {
                statement.setString(1, shape.endpoint());
                statement.setString(2, shape.function());
                statement.setLong(3, bars(shape, mix).min().orElseThrow());
                statement.setLong(4, bars(shape, mix).max().orElseThrow());
                statement.setObject(5, now);
                statement.setObject(6, now);
                statement.setArray(
                        7,
                        connection.createArrayOf(
                                "text", names.subList(0, mix.tickers(shape)).toArray()));
                statement.executeUpdate();
            }
        }
    }

    private LongStream bars(Shape shape, Mix mix) {
        return sessions.months().stream().flatMapToLong(month -> shape.instants(sessions.of(month, mix.stride(shape))));
    }
}
