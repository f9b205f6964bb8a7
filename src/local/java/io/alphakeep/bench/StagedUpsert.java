package io.alphakeep.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** COPY into a temporary table and one upsert from there, a transaction for each answer; every row is updated. */
final class StagedUpsert {

    private static final String STAGE = """
            CREATE TEMPORARY TABLE stage ON COMMIT DROP AS SELECT %s FROM alpha_market_data WITH NO DATA
            """.formatted(CopyRows.COLUMNS);

    private static final String MERGE = """
            INSERT INTO alpha_market_data (%1$s) SELECT %1$s FROM stage
            ON CONFLICT (ticker, endpoint, "timestamp") DO UPDATE SET open_price = EXCLUDED.open_price,
                high_price = EXCLUDED.high_price, low_price = EXCLUDED.low_price, close_price = EXCLUDED.close_price,
                volume = EXCLUDED.volume, ingestion_epoch = EXCLUDED.ingestion_epoch, updated_at = EXCLUDED.updated_at
            """.formatted(CopyRows.COLUMNS);

    private StagedUpsert() {}

    /** @param connection without autocommit */
    static void write(Connection connection, List<SeriesBars> answers) throws SQLException {
        for (SeriesBars answer : answers) {
            Sql.run(connection, STAGE);
            CopyRows.send(connection, "pg_temp.stage", CopyRows.encode(List.of(answer)));
            Sql.run(connection, "ANALYZE pg_temp.stage", MERGE);
            connection.commit();
        }
    }
}
