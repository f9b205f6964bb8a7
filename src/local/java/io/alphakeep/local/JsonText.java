package io.alphakeep.local;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes JSON as the API does: indented by four, all values strings, non-ASCII escaped, no line break at the end. */
final class JsonText {

    private final StringBuilder out;
    private final Deque<Character> closers = new ArrayDeque<>();
    private boolean first = true;

    JsonText(int expectedChars) {
        out = new StringBuilder(expectedChars);
    }

    JsonText object() {
        return open(null, '{', '}');
    }

    JsonText object(String key) {
        return open(key, '{', '}');
    }

    JsonText array(String key) {
        return open(key, '[', ']');
    }

    JsonText field(String key, String value) {
        next(key);
        quote(value);
        return this;
    }

    JsonText end() {
        char closer = closers.pop();
        if (!first) {
            line();
        }
        out.append(closer);
        first = false;
        return this;
    }

    String text() {
        return out.toString();
    }

    private JsonText open(String key, char opener, char closer) {
        next(key);
        out.append(opener);
        closers.push(closer);
        first = true;
        return this;
    }

    private void next(String key) {
        if (closers.isEmpty()) {
            return;
        }
        if (!first) {
            out.append(',');
        }
        first = false;
        line();
        if (key != null) {
            quote(key);
            out.append(": ");
        }
    }

    private void line() {
        out.append('\n');
        for (int i = closers.size(); i > 0; i--) {
            out.append("    ");
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
