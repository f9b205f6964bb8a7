package io.alphakeep.decode;

import io.alphakeep.market.Reject;
import java.nio.charset.StandardCharsets;

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

    /** The bytes of a row as text, at most {@link #MAX_PAYLOAD_BYTES}, cut between characters. */
    static String payload(byte[] body, int from, int to) {
        int end = Math.min(to, from + MAX_PAYLOAD_BYTES);
        while (end < to && end > from && (body[end] & 0xC0) == 0x80) {
            end--;
        }
        return storable(new String(body, from, end - from, StandardCharsets.UTF_8));
    }
}
