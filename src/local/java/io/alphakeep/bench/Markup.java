package io.alphakeep.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes HTML and SVG that is well-formed XML too; every text and every value of an attribute is escaped here. */
final class Markup {

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** @param attributes name, value, name, value … */
    Markup open(String tag, String... attributes) {
        start(tag, attributes);
        out.append('>');
        open.push(tag);
        return this;
    }

    Markup close() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    Markup text(String text) {
        escape(text);
        return this;
    }

    /** An element that holds a text and nothing else. */
    Markup leaf(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** An element of SVG without content; HTML's own empty elements end the same way. */
    Markup empty(String tag, String... attributes) {
        start(tag, attributes);
        out.append("/>\n");
        return this;
    }

    /** The content of a style element, where HTML knows no escapes: it is ours, and holds no {@code <} and no {@code &}. */
    Markup style(String css) {
        if (css.indexOf('<') >= 0 || css.indexOf('&') >= 0) {
            throw new IllegalArgumentException("a style sheet with < or &");
        }
        out.append("<style>\n").append(css).append("</style>\n");
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void start(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                // Control characters and halves of surrogate pairs are no characters of XML.
                default -> out.appendCodePoint(c < 0x20 && c != '\n' || c == 0x7f || isNone(c) ? ' ' : c);
            }
        });
    }

    private static boolean isNone(int c) {
        return c >= 0xD800 && c <= 0xDFFF || c == 0xFFFE || c == 0xFFFF;
    }
}
