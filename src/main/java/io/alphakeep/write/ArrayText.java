package io.alphakeep.write;

import io.alphakeep.market.Bars;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One column's text form of a PostgreSQL array, of items that need no quotes: {@code {1.50,NULL,2}}. A column without any
 * value is an empty array: {@code unnest} of several arrays fills the shorter ones up with null.
 */
final class ArrayText {

    private final InstantText instants = new InstantText();
    private byte[] text;
    private int used;
    private boolean any;

    /** @param items how many will come */
    ArrayText(int items) {
        text = new byte[FigureText.MAX_BYTES + 10 * items];
        text[used++] = '{';
    }

    ArrayText instant(long second) {
        begin();
        used = instants.put(text, used, second);
        any = true;
        return this;
    }

    ArrayText figure(Bars bars, Bars.Figure figure, int index) {
        boolean has = bars.has(figure, index);
        begin();
        used = has ? FigureText.put(text, used, bars, figure, index) : FigureText.put(text, used, "NULL");
        any |= has;
        return this;
    }

    ArrayText number(int value) {
        begin();
        used = FigureText.put(text, used, value, 0);
        any = true;
        return this;
    }

    private void begin() {
        if (text.length - used < FigureText.MAX_BYTES + 2) {
            text = Arrays.copyOf(text, text.length * 2);
        }
        if (used > 1) {
            text[used++] = ',';
        }
    }

    @Override
    public String toString() {
        return any ? new String(text, 0, used, StandardCharsets.ISO_8859_1) + '}' : "{}";
    }
}
