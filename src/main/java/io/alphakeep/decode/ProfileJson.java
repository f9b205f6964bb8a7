package io.alphakeep.decode;

import io.alphakeep.catalog.Function;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Document;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A flat object about a company: one document, of which only the newest version exists. An open set of keys. In an overview
 * {@code MarketCap} is a number or null, whoever added it: an index casts it, and would refuse the row for any other text.
 */
final class ProfileJson {

    private static final String LATEST = "latest";
    private static final String OVERVIEW = "overview";
    private static final String MARKET_CAPITALIZATION = "MarketCapitalization";
    /** The name that the queries of the original plan use. */
    private static final String MARKET_CAP = "MarketCap";

    private static final Set<String> WANTED = Set.of("Symbol", "symbol", MARKET_CAPITALIZATION, MARKET_CAP);

    private final Function function;
    private final InputStream in;

    ProfileJson(Function function, InputStream in) {
        this.function = function;
        this.in = in;
    }

    Decoded decode() {
        return JsonBody.read(in, this::read);
    }

    private Decoded read(JsonBody body) throws IOException {
        boolean overview = function.dataType().equals(OVERVIEW);
        CleanedObject object = CleanedObject.read(body.parser(), WANTED, overview ? Set.of(MARKET_CAP) : Set.of());
        if (object.isEmpty()) {
            return Decoders.NOTHING;
        }
        if (overview && object.has(MARKET_CAPITALIZATION) && !object.has(MARKET_CAP)) {
            object.repeatNumber(MARKET_CAPITALIZATION, MARKET_CAP);
        }
        String symbol = object.has("Symbol") ? object.text("Symbol") : object.text("symbol");
        Document document =
                new Document(function.dataType(), LATEST, Document.LATEST, object.financial(), object.altered());
        return new Decoded(Bars.none(), List.of(document), "{}", Optional.ofNullable(symbol), List.of());
    }
}
