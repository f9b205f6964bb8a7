package io.alphakeep.fetch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The top level of a JSON body: its few texts, and whether anything stands below it. The whole body is tokenised, so
 * that a short one is noticed, but nothing below the top level is looked at: SECTOR bodies hold "Information" inside
 * their meta data.
 *
 * @param texts         top-level texts by lower-case key, the first {@value #MAX_TEXTS}, in order
 * @param scalars       number of top-level values that are neither object nor array
 * @param containers    number of top-level objects and arrays but {@code Meta Data}
 * @param hasRows       one of these is not empty
 * @param isArray       the body is an array
 */
record TopLevel(Map<String, String> texts, int scalars, int containers, boolean hasRows, boolean isArray) {

    private static final int MAX_TEXTS = 16;
    private static final int MAX_TEXT_CHARACTERS = 4_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(1_000)
                    .maxNameLength(2_000)
                    .build())
            .build();

    /** @throws IOException when the bytes are not one JSON object or array */
    static TopLevel read(byte[] body, int offset) throws IOException {
        try (JsonParser parser = FACTORY.createParser(body, offset, body.length - offset)) {
            JsonToken first = parser.nextToken();
            TopLevel top = switch (first == null ? JsonToken.NOT_AVAILABLE : first) {
                case START_OBJECT -> readObject(parser);
                case START_ARRAY -> readArray(parser);
                default -> throw new IOException("neither object nor array");
            };
            if (parser.nextToken() != null) {
                throw new IOException("more than one value");
            }
            return top;
        }
    }

    private static TopLevel readArray(JsonParser parser) throws IOException {
        boolean rows = skip(parser);
        return new TopLevel(Map.of(), 0, 1, rows, true);
    }

    private static TopLevel readObject(JsonParser parser) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        int scalars = 0;
        int containers = 0;
        boolean hasRows = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (value.isStructStart()) {
                boolean filled = skip(parser);
                if (!name.equalsIgnoreCase("Meta Data")) {
                    containers++;
                    hasRows |= filled;
                }
            } else {
                scalars++;
                if (value == JsonToken.VALUE_STRING && texts.size() < MAX_TEXTS) {
                    String text = parser.getText();
                    texts.putIfAbsent(
                            name.strip().toLowerCase(Locale.ROOT),
                            text.substring(0, Math.min(text.length(), MAX_TEXT_CHARACTERS)));
                }
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the object does not end");
        }
        return new TopLevel(texts, scalars, containers, hasRows, false);
    }

    /** Skips the container that the parser stands at the start of; true when it held anything. */
    private static boolean skip(JsonParser parser) throws IOException {
        JsonToken next = parser.nextToken();
        if (next == null) {
            throw new IOException("the body ends inside a value");
        }
        if (next.isStructEnd()) {
            return false;
        }
        for (int depth = 1; depth > 0; ) {
            if (next == null) {
                throw new IOException("the body ends inside a value");
            }
            if (next.isStructStart()) {
                depth++;
            } else if (next.isStructEnd() && --depth == 0) {
                break;
            }
            next = parser.nextToken();
        }
        return true;
    }

    /** The text under {@code key} (lower case), or "". */
    String text(String key) {
        return texts.getOrDefault(key, "");
    }

    /** A notice stands alone or first; a long flat object that happens to hold such a key is data. */
    boolean isNotice(String key) {
        return !hasRows
                && texts.containsKey(key)
                && (scalars <= 3 || texts.keySet().iterator().next().equals(key));
    }
}
