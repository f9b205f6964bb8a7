package io.alphakeep.decode;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.market.Bar;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Short forms for the tests of this package. */
final class Decode {

    private Decode() {}

    static Decoded json(String function, String body) {
        return bytes(function, body.getBytes(StandardCharsets.UTF_8), false);
    }

    static Decoded csv(String function, String body) {
        return bytes(function, body.getBytes(StandardCharsets.UTF_8), true);
    }

    static Decoded bytes(String function, byte[] body, boolean csv) {
        var series = Catalog.series("IBM", function);
        return new Decoders().decode(series, Catalog.function(series.function()), new ByteArrayInputStream(body), csv);
    }

    /** A daily body with these rows. */
    static Decoded daily(String rows) {
        return json(
                "TIME_SERIES_DAILY", "{\"Meta Data\":{\"2. Symbol\":\"IBM\"},\"Time Series (Daily)\":{" + rows + "}}");
    }

    static Bar bar(String row) {
        Decoded decoded = daily("\"2024-11-07\":" + row);
        if (!decoded.rejects().isEmpty()) {
            throw new AssertionError(decoded.rejects());
        }
        return decoded.bars().asList().get(0);
    }
}
