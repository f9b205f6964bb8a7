package io.alphakeep.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON by tokens: bounds of what is read, compact text of what is kept, places of what is wrong. */
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
            .build();

    private Json() {}

    /** What reads one body from its first token to its last. */
    @FunctionalInterface
    interface Reader<T> {
        T read(JsonParser parser) throws IOException;
    }

    /**
     * Reads a body that is one object.
     *
     * @param reader called with the parser at the start of the object, to leave it at its end
     * @throws DecodeException with the place, when the body is anything else
     */
    static <T> T object(byte[] body, Reader<T> reader) {
        int start = afterMark(body);
        try (JsonParser parser = FACTORY.createParser(body, start, body.length - start)) {
            try {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw misshapen(parser, start, "an object was expected");
                }
                T result = reader.read(parser);
                if (parser.nextToken() != null) {
                    throw misshapen(parser, start, "something follows the object");
                }
                return result;
            } catch (JsonEOFException e) {
                throw new DecodeException("the body ends too early", body.length, e);
            } catch (IOException e) {
                // The exception's own text quotes the body.
                throw misshapen(parser, start, "not the JSON it should be");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be read", e);
        }
    }

    static DecodeException misshapen(JsonParser parser, int start, String expected) {
        long offset = start + Math.max(0, parser.currentLocation().getByteOffset());
        return new DecodeException(expected + " near byte " + offset, offset, null);
    }

    /** Where the body begins behind a byte order mark. */
    static int afterMark(byte[] body) {
        boolean mark = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        return mark ? 3 : 0;
    }

    /** Byte of the body that the current token begins at. */
    static int tokenStart(JsonParser parser, int bodyStart) {
        return bodyStart + (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Byte of the body behind the current token. */
    static int tokenEnd(JsonParser parser, int bodyStart) {
        return bodyStart + (int) parser.currentLocation().getByteOffset();
    }

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
