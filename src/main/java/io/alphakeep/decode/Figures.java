package io.alphakeep.decode;

import io.alphakeep.market.Bars.Figure;
import io.alphakeep.market.BarsBuilder;
import java.math.BigDecimal;

/**
 * Texts of figures → columns. A number is kept exactly as written, its scale too; what can be no price and no volume of
 * this world is refused, because a BigDecimal of a thousand digits, or of exponent a billion, is an attack on the
 * database. The digits that a {@code long} holds whatever they are need no object on the way.
 */
final class Figures {

    static final int MAX_DIGITS = 64;
    static final int MAX_SCALE = 64;
    private static final int MAX_CHARACTERS = 80;
    /** Any so many digits fit into a {@code long}. */
    static final int LONG_DIGITS = 18;

    private Figures() {}

    /**
     * Puts a figure into the row begun last.
     *
     * @return whether it took an object, because a {@code long} cannot hold it
     * @throws RowFault when the characters are no number within the bounds; nothing is put then
     */
    static boolean put(BarsBuilder bars, Figure figure, char[] text, int offset, int length) {
        long digits = 0;
        int count = 0;
        int point = -1;
        int first = length > 0 && (text[offset] == '-' || text[offset] == '+') ? 1 : 0;
        boolean plain = length - first <= LONG_DIGITS + 1;
        for (int i = offset + first; plain && i < offset + length; i++) {
            char c = text[i];
            if (c >= '0' && c <= '9') {
                digits = digits * 10 + (c - '0');
                count++;
            } else if (c == '.' && point < 0) {
                point = i;
            } else {
                plain = false;
            }
        }
        if (plain && count > 0 && count <= LONG_DIGITS) {
            bars.put(figure, text[offset] == '-' ? -digits : digits, point < 0 ? 0 : offset + length - 1 - point);
            return false;
        }
        BigDecimal number = number(text, offset, length);
        bars.put(figure, number);
        return number.precision() > LONG_DIGITS || number.scale() < 0;
    }

    /** @throws RowFault when the characters are no number within the bounds */
    static BigDecimal number(char[] characters, int offset, int length) {
        if (length > MAX_CHARACTERS || !isPlain(characters, offset, length)) {
            throw new RowFault(RowFault.NUMBER, "not a number: " + shown(characters, offset, length));
        }
        BigDecimal number;
        try {
            number = new BigDecimal(characters, offset, length);
        } catch (NumberFormatException e) {
            throw new RowFault(RowFault.NUMBER, "not a number: " + shown(characters, offset, length));
        }
        if (number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_SCALE) {
            throw new RowFault(
                    RowFault.NUMBER,
                    "more than " + MAX_DIGITS + " digits or an exponent past " + MAX_SCALE + ": "
                            + shown(characters, offset, length));
        }
        return number;
    }

    /** Whether the characters say "no value" in the API's many ways (ALPHA VANTAGE quirk 9). */
    static boolean isSentinel(char[] text, int at, int length) {
        return switch (length) {
            case 0 -> true;
            case 1 -> text[at] == '-' || text[at] == '.';
            case 4 -> is("None", text, at) || is("null", text, at);
            default -> false;
        };
    }

    private static boolean is(String word, char[] text, int at) {
        for (int i = 0; i < word.length(); i++) {
            if (text[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** BigDecimal reads digits of every script; the API writes ASCII, and so does what is compared with it. */
    private static boolean isPlain(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            char c = text[i];
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        return length > 0;
    }

    private static String shown(char[] text, int offset, int length) {
        return Texts.cut(new String(text, offset, Math.min(length, MAX_CHARACTERS)), MAX_CHARACTERS);
    }
}
