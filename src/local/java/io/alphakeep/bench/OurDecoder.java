package io.alphakeep.bench;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.decode.Decoders;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Series;
import java.io.ByteArrayInputStream;

/** This program's own way to read a body. */
final class OurDecoder {

    private static final Decoders DECODERS = new Decoders();

    private OurDecoder() {}

    /** Ascending by timestamp. */
    static Bars bars(Series series, byte[] body) {
        return DECODERS.decode(series, Catalog.function(series.function()), new ByteArrayInputStream(body), false)
                .bars();
    }
}
