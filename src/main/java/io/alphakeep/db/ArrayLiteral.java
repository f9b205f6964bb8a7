package io.alphakeep.db;

/**
 * Text form of a one-dimensional PostgreSQL array, {@code {"a","b",NULL}}, sent as one parameter. Building the text is
 * faster than {@code Connection.createArrayOf} for dates and numbers.
 */
public final class ArrayLiteral {

    private final StringBuilder text = new StringBuilder(256).append('{');

    public ArrayLiteral add(Object value) {
        if (text.length() > 1) {
            text.append(',');
        }
        if (value == null) {
            text.append("NULL");
            return this;
        }
        String item = value.toString();
        text.append('"');
        for (int i = 0; i < item.length(); i++) {
            char c = item.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        text.append('"');
        return this;
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
