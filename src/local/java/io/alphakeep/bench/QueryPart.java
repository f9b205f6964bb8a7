package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Goal;
import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.bench.Samples.Unit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The last hundred daily bars of a ticker that has minute bars too. */
final class QueryPart implements Part {

    /** Section 5 of the original plan. */
    private static final String AS_PLANNED = """
            SELECT ticker, close_price, volume
            FROM %s
            WHERE ticker = ? AND timestamp >= ? AND api_function = 'TIME_SERIES_DAILY'
            ORDER BY timestamp DESC LIMIT 100
            """;

    private static final String BY_KEY = """
            SELECT "timestamp", open_price, high_price, low_price, close_price, volume
            FROM %s
            WHERE ticker = ? AND "timestamp" >= ? AND endpoint = 'TIME_SERIES_DAILY'
            ORDER BY "timestamp" DESC LIMIT 100
            """;

    private static final int DAYS_OF_A_HUNDRED_BARS = 145;
    private static final double TIMES_THE_FLAT_TABLE = 1.3;

    @Override
    public List<Comparison> measure(Bench bench) throws Exception {
        MixedTables.ensure(bench);
        Sizes sizes = bench.options().sizes();
        String of = ", p50 of %,d tickers; %,d rows".formatted(sizes.queries(), rows(bench));
        try (Connection one = bench.target().connect();
                Connection two = bench.target().connect();
                Connection generic = bench.target().connect()) {
            Sql.run(generic, "SET plan_cache_mode = force_generic_plan");
            List<Samples> planned = bench.options()
                    .rounds()
                    .of(List.of(
                            query("thin indexes, no partitions", one, AS_PLANNED, MixedTables.BEFORE, sizes),
                            query("alphakeep", two, AS_PLANNED, "alpha_market_data", sizes)));
            List<Samples> byKey = bench.options()
                    .rounds()
                    .of(List.of(
                            query("one table without partitions", one, BY_KEY, MixedTables.FLAT, sizes),
                            query("alphakeep", two, BY_KEY, "alpha_market_data", sizes),
                            query(
                                    "alphakeep, plan_cache_mode = force_generic_plan",
                                    generic,
                                    BY_KEY,
                                    "alpha_market_data",
                                    sizes)));
            return List.of(
                    new Comparison(
                            Section.PLAN,
                            "the plan's time-series query" + of,
                            planned.get(0),
                            planned.get(1),
                            "200 ms → 10 ms",
                            Optional.empty(),
                            "as written in the plan's section 5; minute, daily and weekly bars side by side"),
                    new Comparison(
                            Section.READING,
                            "the last 100 daily bars by endpoint" + of,
                            byKey.get(0),
                            byKey.get(1),
                            "",
                            Optional.of(new Goal(Goal.Of.FACTOR, 1 / TIMES_THE_FLAT_TABLE, true)),
                            "the same rows and the same key on both sides; the server plans ours anew each time"),
                    new Comparison(
                            Section.READING,
                            "the last 100 daily bars by endpoint" + of,
                            byKey.get(0),
                            byKey.get(2),
                            "",
                            Optional.empty(),
                            "the same query, planned once for all values"));
        }
    }

    private static long rows(Bench bench) throws SQLException {
        try (Connection connection = bench.target().connect()) {
            return Sql.number(connection, "SELECT count(*) FROM " + MixedTables.FLAT);
        }
    }

    private static Technique query(String name, Connection connection, String sql, String table, Sizes sizes) {
        OffsetDateTime since = SeriesBars.yesterday()
                .minusDays(DAYS_OF_A_HUNDRED_BARS)
                .atStartOfDay()
                .atOffset(ZoneOffset.UTC);
        return new Measured(name, Unit.MILLISECONDS, round -> {
            double[] took = new double[sizes.queries()];
            try (PreparedStatement statement = connection.prepareStatement(sql.formatted(table))) {
                // The server plans the first ones anew, and the round's first touch what others have pushed out.
                for (int i = -Math.min(20, took.length); i < took.length; i++) {
                    statement.setString(1, MixedTables.PREFIX + Math.floorMod((i + round) * 7, sizes.readTickers()));
                    statement.setObject(2, since);
                    double millis = Measured.milliseconds(() -> read(statement));
                    if (i >= 0) {
                        took[i] = millis;
                    }
                }
            }
            return Samples.quantile(took, 0.5);
        });
    }

    private static void read(PreparedStatement statement) throws SQLException {
        int rows = 0;
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                result.getBigDecimal("close_price");
                rows++;
            }
        }
        if (rows != 100) {
            throw new IllegalStateException(rows + " rows instead of 100");
        }
    }
}
