package io.alphakeep.write;

/** Compares JSON texts as far as that can be done cheaply. */
final class JsonText {

    private JsonText() {}

    /**
     * Whether two valid texts are the same but for the white space between their tokens: what PostgreSQL gives back has
     * some of its own.
     *
     * @return true only when they surely mean the same; false says nothing, the order of keys may differ
     */
    static boolean areAlike(String one, String other) {
        int a = skip(one, 0);
        int b = skip(other, 0);
        boolean quoted = false;
        while (a < one.length() && b < other.length()) {
            char c = one.charAt(a);
            if (c != other.charAt(b)) {
                return false;
            }
            if (quoted && c == '\\') {
                // What is escaped may be a quote, which ends nothing; whatever it is, it is compared here.
                if (a + 1 >= one.length() || b + 1 >= other.length() || one.charAt(a + 1) != other.charAt(b + 1)) {
                    return false;
                }
                a += 2;
                b += 2;
                continue;
            }
            quoted ^= c == '"';
            a = quoted ? a + 1 : skip(one, a + 1);
            b = quoted ? b + 1 : skip(other, b + 1);
        }
        return a == one.length() && b == other.length();
    }

    private static int skip(String text, int from) {
        int at = from;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }
}
