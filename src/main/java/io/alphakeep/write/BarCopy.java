package io.alphakeep.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;

/**
 * The way of bulk above the series' high-water mark: COPY straight into the table. Nothing of ours can be there, the
 * series is locked; a writer that does not know the lock may still come between, so that the whole stands under a
 * savepoint.
 */
final class BarCopy {

    private static final String COPY = """
            COPY alpha_market_data (ticker, endpoint, api_function, "timestamp", open_price, high_price, low_price,
                close_price, volume, adjusted_close, dividend_amount, split_coefficient, quality_flag, raw_payload,
                ingestion_epoch, updated_at) FROM STDIN
            """;

    /** @return false when a constraint refused a row: nothing was written then, and the rows are to go another way */
    boolean write(Connection connection, BarTarget target, List<BarRow> rows) throws SQLException {
        String before = target.ticker()
                + '\t'
                + target.endpoint()
                + '\t'
                + target.series().function()
                + '\t';
        String after = "\t" + target.context().run() + '\t' + target.context().insertedAt();
        Savepoint savepoint = connection.setSavepoint();
        try {
            try (CopyText copy = new CopyText(connection, COPY, before, after)) {
                copy.rows(rows);
                copy.end();
            }
            connection.releaseSavepoint(savepoint);
            return true;
        } catch (SQLException e) {
            if (!isRefusal(e)) {
                throw e;
            }
            connection.rollback(savepoint);
            connection.releaseSavepoint(savepoint);
            return false;
        }
    }

    /** Any integrity violation; a distributed table reports one of a shard as XX000. */
    private static boolean isRefusal(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("23") || state.equals("XX000"));
    }
}
