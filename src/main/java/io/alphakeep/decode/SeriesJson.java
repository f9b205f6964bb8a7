package io.alphakeep.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.alphakeep.catalog.Function;
import io.alphakeep.market.Bars;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * {@code Meta Data} and bars by date. The series is the one top-level object that is not the meta data: its name is not
 * to be relied on (ALPHA VANTAGE section 2), nor is the order of the two.
 */
final class SeriesJson {

    private final Function function;
    private final InputStream in;
    private final Rows rows;
    private final BarFields fields = new BarFields(Keys::figure);

    /** Longer than any stamp, so that what is cut is none. */
    private final char[] stamp = new char[64];

    private Json.ObjectText meta;
    private String symbol;
    private String zone;
    private boolean seriesSeen;

    SeriesJson(Function function, InputStream in) {
        this.function = function;
        this.in = in;
        this.rows = new Rows(function.intraday());
    }

    Decoded decode() {
        return JsonBody.read(in, this::read);
    }

    private Decoded read(JsonBody body) throws IOException {
        JsonParser parser = body.parser();
        meta = new Json.ObjectText();
        boolean any = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            any = true;
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT && name.strip().equalsIgnoreCase("Meta Data")) {
                readMeta(body);
            } else if (value == JsonToken.START_OBJECT) {
                if (seriesSeen) {
                    throw body.misshapen("a second series '" + Texts.cut(name, 40) + "'");
                }
                seriesSeen = true;
                readRows(body);
            } else {
                Json.copy(parser, meta.field(name));
            }
        }
        body.endOfObject();
        if (any && !seriesSeen) {
            throw body.misshapen("no object of bars");
        }
        Bars bars = rows.bars(zone());
        return new Decoded(bars, List.of(), meta.end(), Optional.ofNullable(symbol), rows.rejects());
    }

    private void readMeta(JsonBody body) throws IOException {
        JsonParser parser = body.parser();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            if (parser.nextToken() == JsonToken.VALUE_STRING) {
                switch (Keys.bare(key)) {
                    case "symbol" -> symbol = parser.getText();
                    case "time zone" -> zone = parser.getText();
                    default -> {}
                }
            }
            Json.copy(parser, meta.field(key));
        }
        body.endOfObject();
    }

    private void readRows(JsonBody body) throws IOException {
        JsonParser parser = body.parser();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            body.beginRow();
            try {
                readRow(parser, key, value);
            } catch (RowFault e) {
                rows.reject(e, key, body.row());
            }
            rows.expect(body.bytesRead(), body.bytesLeft());
        }
        body.endOfObject();
    }

    /** A row with a fault is read to its end, so that the next one can be read. */
    private void readRow(JsonParser parser, String key, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            throw new RowFault(RowFault.SHAPE, "not an object of figures");
        }
        begin(parser, key);
        try {
            fields.read(parser, rows);
        } catch (RowFault e) {
            rows.drop();
            throw e;
        }
        rows.end();
    }

    private void begin(JsonParser parser, String key) throws IOException {
        int length = Math.min(key.length(), stamp.length);
        key.getChars(0, length, stamp, 0);
        try {
            rows.begin(stamp, 0, length);
        } catch (RowFault e) {
            parser.skipChildren();
            throw e;
        }
    }

    /** Only intraday stamps need the zone; a zone we cannot read would put every one of them at a wrong instant. */
    private ZoneId zone() {
        if (!function.intraday() || zone == null) {
            return ZoneId.of(function.zone());
        }
        ZoneId known = Stamps.zone(zone);
        if (known == null) {
            throw new DecodeException("unknown time zone '" + Texts.cut(zone, 40) + "'", -1, null);
        }
        return known;
    }
}
