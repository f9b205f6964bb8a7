package io.alphakeep.decode;

import io.alphakeep.market.Bars;
import io.alphakeep.market.Document;
import io.alphakeep.market.Reject;
import java.util.List;
import java.util.Optional;

/**
 * The rows of one answer.
 *
 * @param bars         market data, by ascending timestamp, one per timestamp
 * @param documents    fundamental data, one per (data type, period, date)
 * @param meta         JSON object of what the answer said about itself; {@code {}} when nothing (CSV)
 * @param echoedSymbol the symbol that the answer says it is about; empty when it says none (CSV of a series)
 * @param rejects      rows that could not be read
 */
public record Decoded(
        Bars bars, List<Document> documents, String meta, Optional<String> echoedSymbol, List<Reject> rejects) {

    public boolean isEmpty() {
        return bars.isEmpty() && documents.isEmpty() && rejects.isEmpty();
    }
}
