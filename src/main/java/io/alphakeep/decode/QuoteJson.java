package io.alphakeep.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code {"Global Quote": {…}}}; the name goes on with {@code - DATA DELAYED BY 15 MINUTES} where the plan
 * delays it, and then is kept as meta data.
 */
final class QuoteJson {

    private static final String PLAIN_NAME = "Global Quote";

    private final byte[] body;
    private final int start;

    QuoteJson(byte[] body) {
        this.body = body;
        this.start = Json.afterMark(body);
    }

    Decoded decode() {
        return Json.object(body, this::read);
    }

    private Decoded read(JsonParser parser) throws IOException {
        Json.ObjectText meta = new Json.ObjectText();
        Map<String, String> fields = null;
        String payload = "";
        boolean any = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            any = true;
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                Json.copy(parser, meta.field(name));
                continue;
            }
            if (fields != null) {
                throw Json.misshapen(parser, start, "a second quote");
            }
            if (!name.equals(PLAIN_NAME)) {
                meta.field("quote", name);
            }
            int from = Json.tokenStart(parser, start);
            fields = fields(parser);
            payload = Texts.payload(body, from, Json.tokenEnd(parser, start));
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new JsonEOFException(parser, null, "ends inside an object");
        }
        if (fields == null && any) {
            throw Json.misshapen(parser, start, "no quote");
        }
        return fields == null || fields.isEmpty() ? Decoders.NOTHING : QuoteFields.decode(fields, meta.end(), payload);
    }

    private Map<String, String> fields(JsonParser parser) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (!value.isScalarValue()) {
                throw Json.misshapen(parser, start, "a flat quote was expected");
            }
            fields.put(key, value == JsonToken.VALUE_NULL ? "" : parser.getText());
        }
        return fields;
    }
}
