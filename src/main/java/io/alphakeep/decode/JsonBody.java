package io.alphakeep.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A body that is one JSON object, read once from its beginning to its end: tokens, rows as they came, places. */
final class JsonBody {

    /** What reads one body from its first token to its last. */
    @FunctionalInterface
    interface Reader<T> {
        T read(JsonBody body) throws IOException;
    }

    private final Utf8Reader text;
    private final JsonParser parser;

    private JsonBody(Utf8Reader text, JsonParser parser) {
        this.text = text;
        this.parser = parser;
    }

    /**
     * Reads a body that is one object.
     *
     * @param reader called with the parser at the start of the object, to leave it at its end
     * @throws DecodeException with the place, when the body is anything else
     */
    static <T> T read(InputStream in, Reader<T> reader) {
        // Characters, not bytes: only so does the parser show texts where they stand, and compare keys with its input.
        Utf8Reader text = new Utf8Reader(in);
        try (JsonParser parser = Json.FACTORY.createParser(text)) {
            JsonBody body = new JsonBody(text, parser);
            try {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw body.misshapen("an object was expected");
                }
                T result = reader.read(body);
                if (parser.nextToken() != null) {
                    throw body.misshapen("something follows the object");
                }
                return result;
            } catch (Utf8Reader.NotUtf8Exception e) {
                throw new DecodeException("not UTF-8 near byte " + e.byteOffset(), e.byteOffset(), null);
            } catch (JsonEOFException e) {
                throw new DecodeException("the body ends too early", text.bytesRead(), e);
            } catch (IOException e) {
                // The exception's own text quotes the body.
                throw body.misshapen("not the JSON it should be");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be read", e);
        }
    }

    JsonParser parser() {
        return parser;
    }

    DecodeException misshapen(String expected) {
        long offset = text.byteOffset(parser.currentLocation().getCharOffset());
        return new DecodeException(expected + " near byte " + offset, offset, null);
    }

    /** The parser stands at the first token of a row that {@link #row} may be asked for. */
    void beginRow() {
        text.keepFrom(parser.currentTokenLocation().getCharOffset());
    }

    /** The row begun last as it came, to the end of the current token, at most {@link Texts#MAX_PAYLOAD_BYTES} of it. */
    String row() throws IOException {
        JsonToken token = parser.currentToken();
        if (token != null && token.isScalarValue() && token != JsonToken.VALUE_STRING) {
            return Texts.payload(parser.getText());
        }
        return Texts.payload(text.kept(parser.currentLocation().getCharOffset()));
    }

    long bytesRead() {
        return text.bytesRead();
    }

    int bytesLeft() throws IOException {
        return text.bytesLeft();
    }

    /** @throws JsonEOFException when the parser stands elsewhere than at the end of an object */
    void endOfObject() throws IOException {
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new JsonEOFException(parser, null, "ends inside an object");
        }
    }
}
