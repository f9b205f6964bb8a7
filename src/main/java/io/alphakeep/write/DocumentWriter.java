package io.alphakeep.write;

import io.alphakeep.market.Document;
import io.alphakeep.market.Symbol;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Fundamental documents of one ticker into {@code alpha_fundamental_data}, inside the caller's transaction. A document is
 * compared as jsonb: the order of its keys does not matter, every value does. Nothing is ever removed. Keeps no state,
 * safe for several threads with a connection each.
 */
public final class DocumentWriter {

    /** Bounds of one statement; an answer holds about 100 statements of 3 KB, an overview is one document. */
    static final int CHUNK_DOCUMENTS = 500;

    static final int CHUNK_CHARACTERS = 4 * 1024 * 1024;

    private static final Comparator<Document> KEY_ORDER = Comparator.comparing(Document::dataType)
            .thenComparing(Document::period)
            .thenComparing(Document::asOf);

    private static final String WRITE = """
            WITH stored AS MATERIALIZED (
                SELECT data_type, period, as_of, financial_data, raw_payload
                FROM alpha_fundamental_data
                WHERE ticker = ? AND data_type = ANY (?::text[]) AND as_of BETWEEN ?::date AND ?::date
            ), fresh AS (
                SELECT * FROM unnest(?::text[], ?::text[], ?::date[], ?::jsonb[], ?::jsonb[])
                              AS answered (data_type, period, as_of, financial_data, raw_payload)
                EXCEPT
                SELECT * FROM stored
            )
            INSERT INTO alpha_fundamental_data AS d (
                ticker, data_type, period, as_of, financial_data, raw_payload, ingestion_epoch, updated_at)
            SELECT ?, data_type, period, as_of, financial_data, raw_payload, ?, ?
            FROM fresh
            ORDER BY data_type COLLATE "C", period COLLATE "C", as_of
            ON CONFLICT (ticker, data_type, period, as_of) DO UPDATE
            SET financial_data = EXCLUDED.financial_data, raw_payload = EXCLUDED.raw_payload,
                ingestion_epoch = EXCLUDED.ingestion_epoch, updated_at = ?
            WHERE (d.financial_data, d.raw_payload) IS DISTINCT FROM (EXCLUDED.financial_data, EXCLUDED.raw_payload)
            RETURNING updated_at = ?
            """;

    /**
     * @param documents in any order, one per kind, period and date
     * @return exact counts, also beside writers of the same documents; {@code removed} and {@code rejected} are 0
     * @throws IllegalArgumentException when a key stands twice; nothing is written
     * @throws SQLException when the database refuses or is gone; the transaction is to be rolled back
     */
    public WriteResult write(Connection connection, Symbol symbol, List<Document> documents, WriteContext context)
            throws SQLException {
        List<Document> sorted = documents.stream().sorted(KEY_ORDER).toList();
        requireDistinct(symbol, sorted);
        if (sorted.isEmpty()) {
            return WriteResult.NONE;
        }
        AdvisoryLock.take(connection, symbol.text(), "alpha_fundamental_data");
        Written written = new Written(0, 0);
        for (List<Document> chunk : chunks(sorted)) {
            written = written.plus(write(connection, symbol.text(), chunk, context));
        }
        return new WriteResult(
                written.inserted(), written.changed(), sorted.size() - written.inserted() - written.changed(), 0, 0);
    }

    private static Written write(Connection connection, String ticker, List<Document> chunk, WriteContext context)
            throws SQLException {
        List<Document> byDate =
                chunk.stream().sorted(Comparator.comparing(Document::asOf)).toList();
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            Parameters parameters = new Parameters(statement);
            parameters.text(ticker);
            parameters.array(chunk.stream().map(Document::dataType).distinct().toList(), type -> type);
            parameters.text(byDate.get(0).asOf().toString());
            parameters.text(byDate.get(byDate.size() - 1).asOf().toString());
            parameters.array(chunk, Document::dataType);
            parameters.array(chunk, Document::period);
            parameters.array(chunk, Document::asOf);
            parameters.array(chunk, Document::financial);
            parameters.array(chunk, Document::altered);
            parameters.text(ticker);
            parameters.number(context.run());
            parameters.instant(context.insertedAt());
            parameters.instant(context.changedAt());
            parameters.instant(context.insertedAt());
            return Written.by(statement);
        }
    }

    private static List<List<Document>> chunks(List<Document> documents) {
        List<List<Document>> chunks = new ArrayList<>();
        int start = 0;
        long characters = 0;
        for (int i = 0; i < documents.size(); i++) {
            Document document = documents.get(i);
            characters += document.financial().length()
                    + (document.altered() == null ? 0 : document.altered().length());
            boolean last = i + 1 == documents.size();
            if (last || i + 1 - start == CHUNK_DOCUMENTS || characters >= CHUNK_CHARACTERS) {
                chunks.add(documents.subList(start, i + 1));
                start = i + 1;
                characters = 0;
            }
        }
        return chunks;
    }

    private static void requireDistinct(Symbol symbol, List<Document> sorted) {
        for (int i = 1; i < sorted.size(); i++) {
            Document document = sorted.get(i);
            if (KEY_ORDER.compare(sorted.get(i - 1), document) == 0) {
                throw new IllegalArgumentException(symbol + ": the document " + document.dataType() + ", "
                        + document.period() + ", " + document.asOf() + " stands twice");
            }
        }
    }
}
