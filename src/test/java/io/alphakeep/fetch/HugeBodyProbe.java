package io.alphakeep.fetch;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.decode.Decoded;
import io.alphakeep.decode.Decoders;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import io.alphakeep.testkit.HugeBody;
import java.math.BigDecimal;

/** Run in a JVM of its own with little memory: a body as large as they may be, from a stream to columns. */
final class HugeBodyProbe {

    private HugeBodyProbe() {}

    public static void main(String[] args) throws Exception {
        HugeBody source = new HugeBody(Long.parseLong(args[0]));
        Body body = new Body();
        while (body.readFrom(source) >= 0) {
            // until it is there
        }
        FetchOutcome outcome =
                new AnswerClassifier(new Redaction("key")).classify(200, "application/json", body, false);
        var series = Catalog.series(HugeBody.SYMBOL, "TIME_SERIES_INTRADAY:1min");
        Decoded decoded = new Decoders()
                .decode(
                        series,
                        Catalog.function(series.function()),
                        ((FetchOutcome.Data) outcome).body().drain(),
                        false);
        Bars bars = decoded.bars();
        boolean right = bars.size() == source.rows() && decoded.rejects().isEmpty();
        for (int i = 0; i < bars.size(); i++) {
            right &= bars.value(Figure.CLOSE, i).equals(new BigDecimal(HugeBody.close(bars.size() - 1L - i)));
        }
        System.out.println((right ? "right " : "wrong ") + bars.size());
    }
}
