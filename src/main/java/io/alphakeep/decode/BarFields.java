package io.alphakeep.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.io.SerializedString;
import io.alphakeep.market.Bars.Figure;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The fields of one bar, from JSON or from text: figures into their columns, everything else into the rest. The rows of an
 * answer have the same keys in the same order, so each key is first compared with the one that stood there in the row
 * before: no text is made of it, and none is looked up.
 */
final class BarFields {

    /** Keys of one body; more than any bar has, fewer than would hurt. */
    private static final int MAX_REMEMBERED = 256;
    /** Places of one row whose key is guessed; the others are read as text. */
    private static final int MAX_GUESSED = 32;

    /** A key of the body, in the form that the parser compares with its input. */
    private record Key(SerializedString name, Figure figure) {}

    private final Function<String, Figure> figures;
    private final Map<String, Key> remembered = new HashMap<>();
    private final Key[] guesses = new Key[MAX_GUESSED];

    /** @param figures says which figure a key names; null for none */
    BarFields(Function<String, Figure> figures) {
        this.figures = figures;
    }

    /**
     * Reads the object that the parser stands at the start of into the row begun last, and leaves it at its end. The first
     * fault of a row is reported after its last field, so that the rows behind it can still be read.
     *
     * @throws RowFault when a figure cannot be read; the parser stands at the end of the object even then
     */
    void read(JsonParser parser, Rows rows) throws IOException {
        Json.ObjectText rest = null;
        RowFault fault = null;
        int place = 0;
        for (Key key = next(parser, place); key != null; key = next(parser, ++place)) {
            JsonToken token = parser.nextToken();
            if (key.figure == null || rows.has(key.figure)) {
                rest = rest == null ? new Json.ObjectText() : rest;
                Json.copy(parser, rest.field(key.name.getValue()));
            } else if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
                char[] text = parser.getTextCharacters();
                int at = parser.getTextOffset();
                int length = parser.getTextLength();
                if (Figures.isSentinel(text, at, length)) {
                    if (length > 0) {
                        rest = rest == null ? new Json.ObjectText() : rest;
                        rest.field(key.name.getValue(), parser.getText());
                    }
                    continue;
                }
                try {
                    rows.put(key.figure, text, at, length);
                } catch (RowFault e) {
                    fault = fault == null ? e : fault;
                }
            } else if (token != JsonToken.VALUE_NULL) {
                parser.skipChildren();
                fault = fault == null ? new RowFault(RowFault.NUMBER, "not a number: " + token) : fault;
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new JsonEOFException(parser, null, "ends inside a row");
        }
        if (fault != null) {
            throw fault;
        }
        if (rest != null) {
            rows.rest(rest.end());
        }
    }

    /** The same for a field of text. {@code rest} is made by the caller's {@link Rest}. */
    void put(String key, String text, Rows rows, Rest rest) throws IOException {
        char[] characters = text.toCharArray();
        put(key, figure(key), characters, 0, characters.length, rows, rest);
    }

    /** The same where the key's figure is known already. */
    static void put(String key, Figure figure, char[] text, int at, int length, Rows rows, Rest rest)
            throws IOException {
        if (figure == null || rows.has(figure)) {
            rest.put(key, new String(text, at, length));
        } else if (!Figures.isSentinel(text, at, length)) {
            rows.put(figure, text, at, length);
        } else if (length > 0) {
            rest.put(key, new String(text, at, length));
        }
    }

    /** The next key of the object; null at its end. */
    private Key next(JsonParser parser, int place) throws IOException {
        Key guess = place < MAX_GUESSED ? guesses[place] : null;
        String name;
        if (guess == null) {
            name = parser.nextFieldName();
        } else if (parser.nextFieldName(guess.name)) {
            return guess;
        } else {
            name = parser.currentToken() == JsonToken.FIELD_NAME ? parser.currentName() : null;
        }
        if (name == null) {
            return null;
        }
        Key key = remembered.get(name);
        if (key == null) {
            key = new Key(new SerializedString(name), figures.apply(name));
            if (remembered.size() < MAX_REMEMBERED) {
                remembered.put(name, key);
            }
        }
        if (place < MAX_GUESSED) {
            guesses[place] = key;
        }
        return key;
    }

    private Figure figure(String key) {
        return figures.apply(key);
    }

    /** What no column holds; null text while nothing was put. */
    static final class Rest {
        private Json.ObjectText text;

        void put(String key, String value) throws IOException {
            text = text == null ? new Json.ObjectText() : text;
            text.field(key, value);
        }

        /** The text; the next row begins with nothing. */
        String end() throws IOException {
            String json = text == null ? null : text.end();
            text = null;
            return json;
        }
    }
}
