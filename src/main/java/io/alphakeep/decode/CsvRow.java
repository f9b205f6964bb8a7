package io.alphakeep.decode;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One record of CSV as characters, used again for the next one: no text is made of a field unless somebody asks. */
final class CsvRow extends AbstractBaseCsvCallbackHandler<CsvRow> {

    static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_FIELDS = 1_000;

    private char[] text = new char[256];
    /** Where each field ends in {@link #text}; the next one begins there. */
    private int[] ends = new int[16];

    private int fields;

    @Override
    protected void handleBegin(long startingLine) {
        fields = 0;
    }

    @Override
    protected void handleField(int index, char[] characters, int offset, int length, boolean quoted) {
        int at = index == 0 ? 0 : ends[index - 1];
        if (length > MAX_CHARACTERS - at || index == MAX_FIELDS) {
            throw new IllegalArgumentException("a line of more than " + MAX_CHARACTERS + " characters");
        }
        if (at + length > text.length) {
            text = Arrays.copyOf(text, Math.max(at + length, text.length * 2));
        }
        if (index == ends.length) {
            ends = Arrays.copyOf(ends, index * 2);
        }
        System.arraycopy(characters, offset, text, at, length);
        ends[index] = at + length;
        fields = index + 1;
    }

    @Override
    protected CsvRow buildRecord() {
        return this;
    }

    int size() {
        return fields;
    }

    /** All fields one after another, without what stood between them. */
    char[] characters() {
        return text;
    }

    /** Where a field begins in {@link #characters}. */
    int start(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }

    int length(int field) {
        return ends[field] - start(field);
    }

    String field(int field) {
        return new String(text, start(field), length(field));
    }

    List<String> texts() {
        List<String> all = new ArrayList<>(fields);
        for (int i = 0; i < fields; i++) {
            all.add(field(i));
        }
        return all;
    }

    /** The record as text again, for a reject. */
    String line() {
        return Texts.cut(String.join(",", texts()), Texts.MAX_PAYLOAD_BYTES / 4);
    }
}
