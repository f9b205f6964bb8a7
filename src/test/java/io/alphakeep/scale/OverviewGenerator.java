package io.alphakeep.scale;

import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.ZoneOffset;

/** Company overviews, one per ticker; a bit less than half of the companies are worth more than a thousand million. */
public final class OverviewGenerator {

    private static final String FILL = """
            INSERT INTO alpha_fundamental_data (ticker, data_type, period, as_of, financial_data, ingestion_epoch, updated_at)
            SELECT ticker, 'overview', 'latest', '9999-12-31',
                   jsonb_build_object(
                       'Symbol', ticker, 'AssetType', 'Common Stock', 'Name', 'Company ' || ticker,
                       'Description', repeat(md5(ticker) || ' ', 20), 'Exchange', 'NYSE', 'Currency', 'USD', 'Country', 'USA',
                       'Sector', 'TECHNOLOGY', 'FiscalYearEnd', 'December',
                       'MarketCapitalization', cap::text, 'MarketCap', cap::text,
                       'PERatio', CASE WHEN hash % 10 = 0 THEN NULL ELSE ((hash & 1023) * 0.1)::text END,
                       'DividendYield', ((hash >> 10 & 511) * 0.0001)::text, 'EPS', ((hash >> 19 & 4095) * 0.01)::text,
                       'Beta', ((hash >> 31 & 255) * 0.01)::text, 'BookValue', ((hash >> 39 & 8191) * 0.01)::text),
                   ?, ?
            FROM (
                SELECT ticker, hash, round(exp(14 + 12 * (hash & 65535) / 65536.0)) AS cap
                FROM (SELECT ticker, hashtextextended(ticker, 1) AS hash FROM unnest(?::text[]) AS ticker) AS hashed
            ) AS company
            """;

    private OverviewGenerator() {}

    public static void fill(ScaleDatabase database, int companies) {
        Object[] tickers = new Object[companies];
        for (int i = 0; i < companies; i++) {
            tickers[i] = Mix.name(i);
        }
        database.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FILL)) {
                statement.setLong(1, BarGenerator.EPOCH);
                statement.setObject(2, Instant.now().atOffset(ZoneOffset.UTC));
                statement.setArray(3, connection.createArrayOf("text", tickers));
                statement.executeUpdate();
            }
        });
    }
}
