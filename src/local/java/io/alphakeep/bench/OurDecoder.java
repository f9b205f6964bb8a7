package io.alphakeep.bench;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.decode.Decoders;
import io.alphakeep.market.Bar;
import io.alphakeep.market.Series;
import java.util.List;

/** This program's own way to read a body. */
final class OurDecoder {

    private static final Decoders DECODERS = new Decoders();

    private OurDecoder() {}

    /** Ascending by timestamp. */
    static List<Bar> bars(Series series, byte[] body) {
        return DECODERS.decode(series, Catalog.function(series.function()), body, false)
                .bars();
    }
}
