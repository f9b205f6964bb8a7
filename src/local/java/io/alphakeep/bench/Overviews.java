package io.alphakeep.bench;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Company overviews of the API's width, the same in this program's table and in the plan's. One in five is worth more than
 * 10⁹; one in fifty has no figure.
 */
final class Overviews {

    static final String BEFORE = "before_fundamental_data";

    private static final String TABLE = """
            CREATE TABLE before_fundamental_data (
                ticker text NOT NULL, data_type text NOT NULL, financial_data jsonb NOT NULL,
                updated_at timestamptz NOT NULL, PRIMARY KEY (ticker, data_type))
            """;

    private static final String FILL = """
            INSERT INTO alpha_fundamental_data (ticker, data_type, period, as_of, financial_data, ingestion_epoch, updated_at)
            SELECT 'F' || i, 'overview', 'latest', '9999-12-31',
                   '%s'::jsonb || jsonb_build_object(
                       'Symbol', 'F' || i, 'Name', 'Company ' || i,
                       'MarketCapitalization', cap::text, 'MarketCap', cap,
                       'PERatio', (5 + (i * 7919 %% 4000) / 100.0)::text, 'EPS', ((i * 104729 %% 3000) / 100.0)::text,
                       'DividendYield', ((i * 15485863 %% 600) / 10000.0)::text,
                       'Beta', ((i * 32452843 %% 250) / 100.0)::text),
                   1, '2026-01-01Z'
            FROM generate_series(1, %d::bigint) AS i
            CROSS JOIN LATERAL (SELECT i * 49979687 %% 1000000 / 1e6 AS share) AS drawn
            CROSS JOIN LATERAL (
                SELECT CASE WHEN i %% 50 <> 0 THEN trunc(10 ^ (6.2 + share * 4.75))::bigint END AS cap) AS worth
            """;

    private static final String COPY = """
            INSERT INTO before_fundamental_data
            SELECT ticker, data_type, financial_data, updated_at FROM alpha_fundamental_data
            """;

    /** What an overview holds beside the figures above. */
    private static final String BODY = """
            {"AssetType": "Common Stock", "CIK": "51143", "Exchange": "NYSE", "Currency": "USD", "Country": "USA",
            "Description": "Makes and sells things that other companies and many households need every day, and does so in
            more than a hundred countries through shops of its own, through partners, and through a network of services
            that it has built over several decades and that by now brings in the greater part of what it earns.",
            "Sector": "TECHNOLOGY", "Industry": "INFORMATION TECHNOLOGY SERVICES", "Address": "1 MAIN STREET, NEW YORK, NY",
            "OfficialSite": "https://www.example.com", "FiscalYearEnd": "December", "LatestQuarter": "2025-12-31",
            "EBITDA": "15063000000", "PEGRatio": "2.41", "BookValue": "29.45", "DividendPerShare": "6.69",
            "RevenuePerShareTTM": "70.4", "ProfitMargin": "0.0911", "OperatingMarginTTM": "0.183",
            "ReturnOnAssetsTTM": "0.0451", "ReturnOnEquityTTM": "0.228", "RevenueTTM": "65402000000",
            "GrossProfitTTM": "37812000000", "DilutedEPSTTM": "6.26", "QuarterlyEarningsGrowthYOY": "0.079",
            "QuarterlyRevenueGrowthYOY": "0.091", "AnalystTargetPrice": "292.32", "AnalystRatingStrongBuy": "2",
            "AnalystRatingBuy": "9", "AnalystRatingHold": "8", "AnalystRatingSell": "2", "AnalystRatingStrongSell": "1",
            "TrailingPE": "35.5", "ForwardPE": "23.15", "PriceToSalesRatioTTM": "3.21", "PriceToBookRatio": "7.52",
            "EVToRevenue": "3.91", "EVToEBITDA": "18.24", "52WeekHigh": "301.04", "52WeekLow": "202.11",
            "50DayMovingAverage": "281.63", "200DayMovingAverage": "257.9", "SharesOutstanding": "934735000",
            "SharesFloat": "932680000", "PercentInsiders": "0.114", "PercentInstitutions": "65.191",
            "DividendDate": "2026-03-10", "ExDividendDate": "2026-02-10"}
            """;

    private Overviews() {}

    static void fill(Connection connection, int overviews) throws SQLException {
        Sql.run(
                connection,
                TABLE,
                FILL.formatted(BODY.replace('\n', ' '), overviews),
                COPY,
                "VACUUM (ANALYZE) alpha_fundamental_data",
                "VACUUM (ANALYZE) before_fundamental_data");
        Sql.checkpoint(connection);
    }

    static void drop(Connection connection) throws SQLException {
        Sql.run(connection, "DROP TABLE before_fundamental_data", "TRUNCATE alpha_fundamental_data");
    }
}
