package io.alphakeep.write;

import io.alphakeep.market.Series;

/** What is the same for every row of one write. */
record BarTarget(Series series, WriteContext context) {

    String ticker() {
        return series.symbol().text();
    }

    String endpoint() {
        return series.endpoint();
    }
}
