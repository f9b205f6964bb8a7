package io.alphakeep.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The fields of one bar, from JSON or from text: figures into their columns, everything else into the rest. */
final class BarFields {

    /** Keys of one body; more than any bar has, fewer than would hurt. */
    private static final int MAX_REMEMBERED = 256;

    private final Function<String, Column> columns;
    private final Map<String, Column> remembered = new HashMap<>();
    /** One for all fields: CSV comes by the hundred thousand. */
    private char[] characters = new char[80];

    /** @param columns says which column a key belongs to; null for none */
    BarFields(Function<String, Column> columns) {
        this.columns = columns;
    }

    /**
     * Reads the object that the parser stands at the start of, and leaves it at its end. The first fault of a row is
     * reported after its last field, so that the rows behind it can still be read.
     *
     * @throws RowFault when a figure cannot be read; the parser stands at the end of the object even then
     */
    void read(JsonParser parser, Row row) throws IOException {
        Json.ObjectText rest = null;
        RowFault fault = null;
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            Column column = column(key);
            if (column == null || row.figures[column.ordinal()] != null) {
                rest = rest == null ? new Json.ObjectText() : rest;
                Json.copy(parser, rest.field(key));
            } else if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
                char[] text = parser.getTextCharacters();
                int at = parser.getTextOffset();
                int length = parser.getTextLength();
                if (Figures.isSentinel(text, at, length)) {
                    if (length > 0) {
                        rest = rest == null ? new Json.ObjectText() : rest;
                        rest.field(key, parser.getText());
                    }
                    continue;
                }
                try {
                    row.figures[column.ordinal()] = Figures.number(text, at, length);
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
        row.rest = rest == null ? null : rest.end();
        if (fault != null) {
            throw fault;
        }
    }

    /** The same for a record of CSV; {@code rest} is made by the caller's {@link Rest}. */
    void put(String key, String text, Row row, Rest rest) throws IOException {
        Column column = column(key);
        if (column == null || row.figures[column.ordinal()] != null) {
            rest.put(key, text);
            return;
        }
        int length = text.length();
        if (length > characters.length) {
            characters = new char[length];
        }
        text.getChars(0, length, characters, 0);
        if (!Figures.isSentinel(characters, 0, length)) {
            row.figures[column.ordinal()] = Figures.number(characters, 0, length);
        } else if (length > 0) {
            rest.put(key, text);
        }
    }

    private Column column(String key) {
        Column known = remembered.get(key);
        if (known != null || remembered.containsKey(key)) {
            return known;
        }
        Column column = columns.apply(key);
        if (remembered.size() < MAX_REMEMBERED) {
            remembered.put(key, column);
        }
        return column;
    }

    /** What no column holds; null text while nothing was put. */
    static final class Rest {
        private Json.ObjectText text;

        void put(String key, String value) throws IOException {
            text = text == null ? new Json.ObjectText() : text;
            text.field(key, value);
        }

        String end() throws IOException {
            return text == null ? null : text.end();
        }
    }
}
