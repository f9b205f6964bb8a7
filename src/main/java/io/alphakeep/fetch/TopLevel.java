package io.alphakeep.fetch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
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
            // Dates are keys: remembered, every one of them would stay in a table that all bodies share.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** @throws IOException when the bytes from the place on are not one JSON object or array */
    static TopLevel read(Body body, long from) throws IOException {
        // Characters, not bytes: only so does the parser compare keys with its input.
        try (Reader text = new InputStreamReader(body.open(from), StandardCharsets.UTF_8.newDecoder());
                JsonParser parser = FACTORY.createParser(text)) {
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
        boolean rows = skip(parser, new NextNames());
        return new TopLevel(Map.of(), 0, 1, rows, true);
    }

    private static TopLevel readObject(JsonParser parser) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        int scalars = 0;
        int containers = 0;
        boolean hasRows = false;
        NextNames names = new NextNames();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (value.isStructStart()) {
                boolean filled = skip(parser, names);
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
    private static boolean skip(JsonParser parser, NextNames names) throws IOException {
        JsonToken next = names.nextToken(parser);
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
            next = names.nextToken(parser);
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
