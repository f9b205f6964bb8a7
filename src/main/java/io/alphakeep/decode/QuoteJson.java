package io.alphakeep.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code {"Global Quote": {…}}}; the name goes on with {@code - DATA DELAYED BY 15 MINUTES} where the plan
 * delays it, and then is kept as meta data.
 */
final class QuoteJson {

    private static final String PLAIN_NAME = "Global Quote";

    private final InputStream in;

    QuoteJson(InputStream in) {
        this.in = in;
    }

    Decoded decode() {
        return JsonBody.read(in, QuoteJson::read);
    }

    private static Decoded read(JsonBody body) throws IOException {
        JsonParser parser = body.parser();
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
                throw body.misshapen("a second quote");
            }
            if (!name.equals(PLAIN_NAME)) {
                meta.field("quote", name);
            }
            body.beginRow();
            fields = fields(body);
            payload = body.row();
        }
        body.endOfObject();
        if (fields == null && any) {
            throw body.misshapen("no quote");
        }
        return fields == null || fields.isEmpty() ? Decoders.NOTHING : QuoteFields.decode(fields, meta.end(), payload);
    }

    private static Map<String, String> fields(JsonBody body) throws IOException {
        JsonParser parser = body.parser();
        Map<String, String> fields = new LinkedHashMap<>();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (!value.isScalarValue()) {
                throw body.misshapen("a flat quote was expected");
            }
            fields.put(key, value == JsonToken.VALUE_NULL ? "" : parser.getText());
        }
        return fields;
    }
}
