package io.alphakeep.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.alphakeep.catalog.Function;
import io.alphakeep.market.Bar;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * {@code Meta Data} and bars by date. The series is the one top-level object that is not the meta data: its name is not
 * to be relied on (ALPHA VANTAGE section 2), nor is the order of the two.
 */
final class SeriesJson {

    private final Function function;
    private final byte[] body;
    private final int start;
    private final Rows rows = new Rows();
    private final BarFields fields = new BarFields(Column::of);

    private Json.ObjectText meta;
    private String symbol;
    private String zone;
    private boolean seriesSeen;

    SeriesJson(Function function, byte[] body) {
        this.function = function;
        this.body = body;
        this.start = Json.afterMark(body);
    }

    Decoded decode() {
        return Json.object(body, this::read);
    }

    private Decoded read(JsonParser parser) throws IOException {
        meta = new Json.ObjectText();
        boolean any = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            any = true;
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT && name.strip().equalsIgnoreCase("Meta Data")) {
                readMeta(parser);
            } else if (value == JsonToken.START_OBJECT) {
                if (seriesSeen) {
                    throw Json.misshapen(parser, start, "a second series '" + Texts.cut(name, 40) + "'");
                }
                seriesSeen = true;
                readRows(parser);
            } else {
                Json.copy(parser, meta.field(name));
            }
        }
        endOfObject(parser);
        if (any && !seriesSeen) {
            throw Json.misshapen(parser, start, "no object of bars");
        }
        List<Bar> bars = rows.bars(function, zone());
        return new Decoded(bars, List.of(), meta.end(), Optional.ofNullable(symbol), rows.rejects());
    }

    private void readMeta(JsonParser parser) throws IOException {
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            if (parser.nextToken() == JsonToken.VALUE_STRING) {
                switch (Column.bare(key)) {
                    case "symbol" -> symbol = parser.getText();
                    case "time zone" -> zone = parser.getText();
                    default -> {}
                }
            }
            Json.copy(parser, meta.field(key));
        }
        endOfObject(parser);
    }

    private void readRows(JsonParser parser) throws IOException {
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            int from = Json.tokenStart(parser, start);
            try {
                if (!object) {
                    parser.skipChildren();
                    throw new RowFault(RowFault.SHAPE, "not an object of figures");
                }
                Row row = new Row(key, stamp(parser, key));
                fields.read(parser, row);
                int to = Json.tokenEnd(parser, start);
                row.payload = () -> Texts.payload(body, from, to);
                rows.add(row);
            } catch (RowFault e) {
                rows.reject(e, key, Texts.payload(body, from, Json.tokenEnd(parser, start)));
            }
        }
        endOfObject(parser);
    }

    /** The stamp of a row; when it has none the row is passed over, so that the next one can be read. */
    private static LocalDateTime stamp(JsonParser parser, String key) throws IOException {
        try {
            return Stamps.read(key);
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

    private static void endOfObject(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new JsonEOFException(parser, null, "ends inside an object");
        }
    }
}
