package io.alphakeep.decode;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A JSON object as {@code financial_data} holds it: every key, with the API's ways of saying nothing ("None", "-" and
 * "") as null, in nested objects too. What was altered is kept beside it, as it came, under the same path.
 */
final class CleanedObject {

    private final Json.ObjectText financial;
    private final Map<String, Object> altered = new LinkedHashMap<>();
    private final Map<String, String> found = new HashMap<>();

    private CleanedObject(Json.ObjectText financial) {
        this.financial = financial;
    }

    /**
     * Reads the object that the parser stands at the start of, and leaves it at its end.
     *
     * @param wanted the keys that {@link #has} and {@link #text} are asked for
     */
    static CleanedObject read(JsonParser parser, Set<String> wanted) throws IOException {
        return read(parser, wanted, Set.of());
    }

    /** @param numbers the top-level keys whose value is a number by {@link Numeric}, or else null */
    static CleanedObject read(JsonParser parser, Set<String> wanted, Set<String> numbers) throws IOException {
        CleanedObject object = new CleanedObject(new Json.ObjectText());
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (wanted.contains(key)) {
                boolean text = value.isScalarValue() && value != JsonToken.VALUE_NULL;
                object.found.putIfAbsent(key, text ? parser.getText() : null);
            }
            JsonGenerator to = object.financial.field(key);
            if (numbers.contains(key)) {
                object.number(parser, key, to);
            } else {
                object.value(parser, key, to, object.altered);
            }
        }
        endOfObject(parser);
        return object;
    }

    private void number(JsonParser parser, String key, JsonGenerator to) throws IOException {
        boolean fine = parser.currentToken() == JsonToken.VALUE_NULL
                || parser.currentToken().isScalarValue() && Numeric.reads(parser.getText());
        if (fine) {
            Json.copy(parser, to);
        } else {
            to.writeNull();
            altered.put(key, Json.text(parser));
        }
    }

    private void value(JsonParser parser, String key, JsonGenerator to, Map<String, Object> alteredHere)
            throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING && saysNothing(parser.getText())) {
            to.writeNull();
            alteredHere.put(key, parser.getText());
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> below = new LinkedHashMap<>();
            to.writeStartObject();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                to.writeFieldName(Texts.storable(name));
                value(parser, name, to, below);
            }
            endOfObject(parser);
            to.writeEndObject();
            if (!below.isEmpty()) {
                alteredHere.put(key, below);
            }
        } else {
            Json.copy(parser, to);
        }
    }

    private static boolean saysNothing(String text) {
        return text.isEmpty() || text.equals("-") || text.equals("None");
    }

    boolean isEmpty() {
        return financial.isEmpty();
    }

    boolean has(String key) {
        return found.containsKey(key);
    }

    /** The text of a top-level value as it came; null when it has none. */
    String text(String key) {
        return found.get(key);
    }

    /** Adds the value of {@code key} once more under another name, as text; null where it is no number by {@link Numeric}. */
    void repeatNumber(String key, String name) throws IOException {
        String text = found.get(key);
        JsonGenerator to = financial.field(name);
        if (text == null || !Numeric.reads(text)) {
            to.writeNull();
        } else {
            to.writeString(text);
        }
    }

    String financial() throws IOException {
        return financial.end();
    }

    /** JSON object of what was altered; null when nothing was. */
    String altered() throws IOException {
        return altered.isEmpty() ? null : text(altered).end();
    }

    @SuppressWarnings("unchecked")
    private static Json.ObjectText text(Map<String, Object> values) throws IOException {
        Json.ObjectText text = new Json.ObjectText();
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            if (entry.getValue() instanceof Map<?, ?> below) {
                text.field(entry.getKey())
                        .writeRawValue(text((Map<String, Object>) below).end());
            } else {
                text.field(entry.getKey(), (String) entry.getValue());
            }
        }
        return text;
    }

    private static void endOfObject(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new JsonEOFException(parser, null, "ends inside an object");
        }
    }
}
