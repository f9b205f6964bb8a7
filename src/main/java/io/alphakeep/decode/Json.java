package io.alphakeep.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.StringWriter;

/** JSON by tokens: bounds of what is read, compact text of what is kept. */
final class Json {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_TEXT_CHARACTERS = 1 << 20;
    private static final int MAX_NUMBER_CHARACTERS = 1_000;
    private static final int MAX_NAME_CHARACTERS = 1_000;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT_CHARACTERS)
                    .maxNumberLength(MAX_NUMBER_CHARACTERS)
                    .maxNameLength(MAX_NAME_CHARACTERS)
                    .build())
            // Dates are keys: remembered, every one of them would stay in a table that all bodies share.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private Json() {}

    /**
     * Copies the value that the parser stands at; numbers exactly as written, which Jackson's own copying does not
     * promise.
     */
    static void copy(JsonParser parser, JsonGenerator to) throws IOException {
        int depth = 0;
        for (JsonToken token = parser.currentToken(); ; token = parser.nextToken()) {
            if (token == null) {
                throw new JsonEOFException(parser, null, "ends inside a value");
            }
            switch (token) {
                case START_OBJECT -> {
                    to.writeStartObject();
                    depth++;
                }
                case START_ARRAY -> {
                    to.writeStartArray();
                    depth++;
                }
                case END_OBJECT -> {
                    to.writeEndObject();
                    depth--;
                }
                case END_ARRAY -> {
                    to.writeEndArray();
                    depth--;
                }
                case FIELD_NAME -> to.writeFieldName(Texts.storable(parser.currentName()));
                case VALUE_STRING -> to.writeString(Texts.storable(parser.getText()));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> to.writeNumber(parser.getText());
                case VALUE_TRUE -> to.writeBoolean(true);
                case VALUE_FALSE -> to.writeBoolean(false);
                default -> to.writeNull();
            }
            if (depth == 0) {
                return;
            }
        }
    }

    /** The value that the parser stands at: the text of a scalar, compact JSON of anything else. */
    static String text(JsonParser parser) throws IOException {
        if (parser.currentToken().isScalarValue()) {
            return parser.getText();
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator to = FACTORY.createGenerator(text)) {
            copy(parser, to);
        }
        return text.toString();
    }

    /** A compact JSON object under construction. */
    static final class ObjectText {
        private final StringWriter text = new StringWriter();
        private final JsonGenerator generator;
        private boolean empty = true;

        ObjectText() throws IOException {
            generator = FACTORY.createGenerator(text);
            generator.writeStartObject();
        }

        /** For the value of {@code name}, to be written next. */
        JsonGenerator field(String name) throws IOException {
            empty = false;
            generator.writeFieldName(Texts.storable(name));
            return generator;
        }

        void field(String name, String value) throws IOException {
            field(name).writeString(Texts.storable(value));
        }

        boolean isEmpty() {
            return empty;
        }

        String end() throws IOException {
            generator.writeEndObject();
            generator.close();
            return text.toString();
        }
    }
}
