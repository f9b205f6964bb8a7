package io.alphakeep.maintain.index;

import com.fasterxml.jackson.databind.JsonNode;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.Outside;
import io.alphakeep.testkit.Json;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Three years of what a ticker has in earnest: minute bars of two months beside five-minute, daily, adjusted and weekly ones,
 * in the order in which backfills write them; partitions of old years and of months, and the months ahead.
 */
final class PlanDatabase {

    static final Instant NOW = Instant.parse("2026-09-12T12:00:00Z");

    private static final String BARS = """
            INSERT INTO alpha_market_data (
                ticker, "timestamp", endpoint, api_function, open_price, high_price, low_price, close_price, volume,
                ingestion_epoch, updated_at)
            SELECT 'T' || t, at, '%1$s', '%2$s', 100 + t, 102 + t, 99 + t, 101 + t, 1000000 + t, 1, '2026-09-12Z'
            FROM generate_series(1, 10) AS t
            CROSS JOIN LATERAL generate_series('%3$s'::timestamptz, '2026-09-11T20:00:00Z', '%4$s') AS at
            WHERE extract(isodow FROM at AT TIME ZONE 'UTC') < 6 AND (at AT TIME ZONE 'UTC')::time BETWEEN '%5$s' AND '%6$s'
            ORDER BY t, at
            """;

    private static final String OVERVIEWS = """
            INSERT INTO alpha_fundamental_data (
                ticker, data_type, period, as_of, financial_data, ingestion_epoch, updated_at)
            SELECT 'T' || t, 'overview', 'latest', '9999-12-31',
                   jsonb_build_object('MarketCapitalization', cap::text, 'MarketCap', cap::text, 'PERatio', NULL,
                                      'Description', repeat(md5(t::text), 20)),
                   1, '2026-09-12Z'
            FROM generate_series(1, 6000) AS t
            CROSS JOIN LATERAL (SELECT (10 ^ (6 + (t * 7919 % 6000) / 1000.0))::bigint AS cap) AS caps
            """;

    private static final String STATEMENTS = """
            INSERT INTO alpha_fundamental_data (
                ticker, data_type, period, as_of, financial_data, ingestion_epoch, updated_at)
            SELECT 'T' || t, kind, 'quarterly', date '2026-06-30' - quarter * 91,
                   jsonb_build_object('netIncome', t::text, 'note', repeat(md5(t::text), 10)), 1, '2026-09-12Z'
            FROM generate_series(1, 3000) AS t, unnest(ARRAY['balance_sheet', 'cash_flow']) AS kind,
                 generate_series(1, 6) AS quarter
            """;

    private final TestDatabase database;

    PlanDatabase(TestDatabase database) {
        this.database = database;
        database.execute("SELECT create_yearly_partition('alpha_market_data', '2023-01-01')");
        for (YearMonth month = YearMonth.of(2024, 1);
                !month.isAfter(YearMonth.of(2026, 12));
                month = month.plusMonths(1)) {
            database.execute("SELECT create_monthly_partition('alpha_market_data', '" + month + "-01')");
        }
        bars("TIME_SERIES_DAILY", "TIME_SERIES_DAILY", "2023-01-02", "1 day", "00:00", "00:00");
        bars("TIME_SERIES_DAILY_ADJUSTED", "TIME_SERIES_DAILY_ADJUSTED", "2023-01-02", "1 day", "00:00", "00:00");
        bars("TIME_SERIES_WEEKLY", "TIME_SERIES_WEEKLY", "2023-01-06", "7 days", "00:00", "00:00");
        bars("TIME_SERIES_INTRADAY_5min", "TIME_SERIES_INTRADAY", "2026-06-01", "5 min", "13:30", "20:00");
        bars("TIME_SERIES_INTRADAY_1min", "TIME_SERIES_INTRADAY", "2026-07-13", "1 min", "13:30", "20:00");
        database.execute(OVERVIEWS, STATEMENTS);
        Indexes indexes = new Indexes(
                database.transactions(),
                new Outside(database.transactions(), new Brake(), Duration.ofSeconds(20)),
                "alpha_market_data",
                List.of(IndexPolicy.DEFAULT),
                Clock.fixed(NOW, ZoneOffset.UTC));
        Warehouse.pass(indexes);
        // What autovacuum does: months that nothing was written to yet it leaves alone.
        database.query("SELECT DISTINCT tableoid::regclass FROM alpha_market_data")
                .forEach(row -> database.execute("VACUUM (ANALYZE) " + row.get(0)));
        database.execute("VACUUM (ANALYZE) alpha_fundamental_data");
    }

    private void bars(String endpoint, String function, String from, String step, String opens, String closes) {
        database.execute("SET TimeZone = 'UTC'", BARS.formatted(endpoint, function, from, step, opens, closes));
    }

    /**
     * The plan of a prepared query.
     *
     * @param mode    {@code force_custom_plan} or {@code force_generic_plan}
     * @param query   with types of its parameters before it: {@code (text) AS SELECT …}
     * @param values  as SQL, with their brackets; empty for none
     * @param options of EXPLAIN, beside the form: {@code ANALYZE, BUFFERS}
     */
    JsonNode explain(String mode, String query, String values, String options) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = " + mode);
            // What the machine happens to be is no part of a plan.
            statement.execute("SET max_parallel_workers_per_gather = 0");
            statement.execute("SET jit = off");
            statement.execute("PREPARE q " + query);
            try (ResultSet row = statement.executeQuery(
                    "EXPLAIN (FORMAT JSON" + (options.isEmpty() ? "" : ", " + options) + ") EXECUTE q" + values)) {
                row.next();
                return Json.read(row.getString(1)).get(0).get("Plan");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
