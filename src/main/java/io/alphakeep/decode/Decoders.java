package io.alphakeep.decode;

import io.alphakeep.catalog.Function;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Series;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Bytes → rows: one decoder for each {@link io.alphakeep.catalog.Shape}, whatever functions share it. Thread-safe. */
public final class Decoders {

    /** A body that holds nothing. */
    static final Decoded NOTHING = new Decoded(Bars.none(), List.of(), "{}", Optional.empty(), List.of());

    /**
     * Decodes a body that the classification called data.
     *
     * @param series   what was asked for; the caller compares its symbol with {@link Decoded#echoedSymbol()}
     * @param function the series' line of the catalogue
     * @param body     UTF-8, with or without a byte order mark; read once, to its end unless it cannot be decoded, and not
     *                 closed on every way out: it is the caller's. What it says is {@code available} is taken for its rest
     * @param csv      the body is CSV, else JSON
     * @throws DecodeException when the body is short or has not the function's shape; nothing of it may be stored
     */
    public Decoded decode(Series series, Function function, InputStream body, boolean csv) {
        Objects.requireNonNull(series, "series");
        if (csv) {
            return switch (function.shape()) {
                case SERIES -> new SeriesCsv(function, body).decode();
                case QUOTE -> new QuoteCsv(body).decode();
                case PROFILE, REPORTS -> throw new DecodeException(function.name() + " has no CSV form", 0, null);
            };
        }
        return switch (function.shape()) {
            case SERIES -> new SeriesJson(function, body).decode();
            case QUOTE -> new QuoteJson(body).decode();
            case PROFILE -> new ProfileJson(function, body).decode();
            case REPORTS -> new ReportsJson(function, body).decode();
        };
    }
}
