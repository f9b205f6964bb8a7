package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Goal;
import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.bench.Samples.Unit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Companies by market capitalization. */
final class JsonPart implements Part {

    /** Section 5 of the original plan. */
    private static final String AS_PLANNED = """
            SELECT ticker, financial_data->>'MarketCap' AS market_cap
            FROM %s
            WHERE data_type = 'overview' AND (financial_data->>'MarketCap')::numeric > 1000000000
            """;

    private static final String BY_COLUMN = """
            SELECT ticker, market_cap
            FROM alpha_fundamental_data
            WHERE data_type = 'overview' AND market_cap > 1000000000
            """;

    private static final String COUNT_SCAN = """
            SELECT count(*) FROM before_fundamental_data
            WHERE data_type = 'overview' AND (financial_data->>'MarketCap')::numeric > 1000000000
            """;

    private static final String COUNT = """
            SELECT count(*) FROM alpha_fundamental_data WHERE data_type = 'overview' AND market_cap > 1000000000
            """;

    private static final String TOP_SCAN = """
            SELECT ticker, (financial_data->>'MarketCap')::numeric AS market_cap FROM before_fundamental_data
            WHERE data_type = 'overview' AND (financial_data->>'MarketCap')::numeric > 1000000000
            ORDER BY market_cap DESC LIMIT 100
            """;

    private static final String TOP = """
            SELECT ticker, market_cap FROM alpha_fundamental_data
            WHERE data_type = 'overview' AND market_cap > 1000000000
            ORDER BY market_cap DESC LIMIT 100
            """;

    private static final double COUNT_MILLIS = 3;
    private static final double TOP_MILLIS = 0.15;
    private static final int AT_OVERVIEWS = 100_000;

    @Override
    public List<Comparison> measure(Bench bench) throws Exception {
        int overviews = bench.options().sizes().overviews();
        bench.progress("bench: filling the overviews");
        try (Connection connection = bench.target().connect()) {
            Overviews.fill(connection, overviews);
            try {
                return measured(bench, connection, overviews);
            } finally {
                Overviews.drop(connection);
            }
        }
    }

    private static List<Comparison> measured(Bench bench, Connection connection, int overviews) throws Exception {
        Rounds rounds = bench.options().rounds();
        List<Comparison> all = new ArrayList<>();
        String of = "%,d overviews".formatted(overviews);
        List<Samples> lists = rounds.of(List.of(
                query("no index", connection, AS_PLANNED.formatted(Overviews.BEFORE), 1),
                query("alphakeep, as written", connection, AS_PLANNED.formatted("alpha_fundamental_data"), 3),
                query("alphakeep, by its column", connection, BY_COLUMN, 3)));
        String claim = "1000 ms → 50 ms";
        all.add(new Comparison(
                Section.PLAN,
                "the plan's JSONB search as written, " + of,
                lists.get(0),
                lists.get(1),
                claim,
                Optional.empty(),
                "market cap above 10⁹, all rows fetched"));
        all.add(new Comparison(
                Section.PLAN,
                "the same by the column market_cap, " + of,
                lists.get(0),
                lists.get(2),
                claim,
                Optional.empty(),
                "from the index alone"));
        List<Samples> counts =
                rounds.of(List.of(query("scan", connection, COUNT_SCAN, 1), query("alphakeep", connection, COUNT, 20)));
        all.add(new Comparison(
                Section.READING,
                "count of market cap above 10⁹, " + of,
                counts.get(0),
                counts.get(1),
                "",
                goal(overviews, COUNT_MILLIS),
                ""));
        List<Samples> tops =
                rounds.of(List.of(query("scan", connection, TOP_SCAN, 1), query("alphakeep", connection, TOP, 50)));
        all.add(new Comparison(
                Section.READING,
                "top 100 by market cap, " + of,
                tops.get(0),
                tops.get(1),
                "",
                goal(overviews, TOP_MILLIS),
                ""));
        return all;
    }

    /** The goals are of the plan's number of overviews. */
    private static Optional<Goal> goal(int overviews, double millis) {
        return overviews == AT_OVERVIEWS ? Optional.of(new Goal(Goal.Of.AFTER, millis, false)) : Optional.empty();
    }

    /** @param times per round, of which the median counts */
    private static Technique query(String name, Connection connection, String sql, int times) {
        return new Measured(name, Unit.MILLISECONDS, round -> {
            double[] took = new double[times];
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                read(statement);
                for (int i = 0; i < times; i++) {
                    took[i] = Measured.milliseconds(() -> read(statement));
                }
            }
            return Samples.quantile(took, 0.5);
        });
    }

    private static void read(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                rows.getString(1);
            }
        }
    }
}
