package io.alphakeep.fetch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads tokens without a text for every name. The rows of a body have the same names in the same order: each name is first
 * compared with the one that followed its predecessor before.
 */
final class NextNames {

    private static final int MAX_KNOWN = 256;

    private static final class Name {
        private final SerializedString text;
        /** What followed last; null until something did. */
        private Name next;

        Name(String text) {
            this.text = new SerializedString(text);
        }
    }

    /** Stands for every name that is not known: dates, when they are keys. */
    private final Name other = new Name("");

    private final Map<String, Name> known = new HashMap<>();
    private Name last = other;

    /** As {@link JsonParser#nextToken}; the parser does not stand at a name of somebody else. */
    JsonToken nextToken(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.FIELD_NAME || last.next == null) {
            return learnt(parser, parser.nextToken());
        }
        if (parser.nextFieldName(last.next.text)) {
            last = last.next;
            return JsonToken.FIELD_NAME;
        }
        return learnt(parser, parser.currentToken());
    }

    private JsonToken learnt(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.FIELD_NAME) {
            String text = parser.currentName();
            Name name = known.get(text);
            if (name == null && known.size() < MAX_KNOWN) {
                name = new Name(text);
                known.put(text, name);
            }
            name = name == null ? other : name;
            last.next = name == other ? last.next : name;
            last = name;
        }
        return token;
    }
}
