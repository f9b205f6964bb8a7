package io.alphakeep.decode;

import io.alphakeep.market.Reject;

/**
 * Texts that PostgreSQL takes: without U+0000 and without halves of surrogate pairs, neither of which jsonb or text
 * can hold.
 */
final class Texts {

    /** The bound of a reject's payload in bytes. */
    static final int MAX_PAYLOAD_BYTES = 4 * 1024;

    private static final int MAX_PLACE_CHARACTERS = 200;
    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    static String storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? REPLACEMENT : c)
                .forEach(repaired::appendCodePoint);
        return repaired.toString();
    }

    static String cut(String text, int characters) {
        String storable = storable(text);
        return storable.length() <= characters ? storable : storable(storable.substring(0, characters)) + "…";
    }

    static Reject reject(RowFault fault, String place, String payload) {
        return new Reject(fault.reason(), cut(place, MAX_PLACE_CHARACTERS), fault.getMessage(), payload);
    }

    /** A row as it came, at most {@link #MAX_PAYLOAD_BYTES} of it, cut between characters. */
    static String payload(String row) {
        int bytes = 0;
        int end = 0;
        while (end < row.length()) {
            int point = row.codePointAt(end);
            bytes += utf8Length(point);
            if (bytes > MAX_PAYLOAD_BYTES) {
                break;
            }
            end += Character.charCount(point);
        }
        return storable(row.substring(0, end));
    }

    /** How many bytes of UTF-8 these characters are; half a surrogate pair counts as half of one. */
    static long utf8Length(char[] text, int at, int length) {
        long bytes = 0;
        for (int i = at; i < at + length; i++) {
            bytes += Character.isSurrogate(text[i]) ? 2 : utf8Length(text[i]);
        }
        return bytes;
    }

    private static int utf8Length(int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
