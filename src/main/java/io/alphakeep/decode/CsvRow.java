package io.alphakeep.decode;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One record of CSV as characters, used again for the next one: no text is made of a field unless somebody asks. */
final class CsvRow extends AbstractBaseCsvCallbackHandler<CsvRow> {

    static final int MAX_CHARACTERS = 1 << 20;
    static final int MAX_FIELDS = 1_000;

    private char[] text = new char[256];
    /** Where each field ends in {@link #text}; the next one begins there. */
    private int[] ends = new int[16];

    /** How many the record has, also those that are not kept. */
    private int fields;

    private boolean whole;

    @Override
    protected void handleBegin(long startingLine) {
        fields = 0;
        whole = true;
    }

    @Override
    protected void handleField(int index, char[] characters, int offset, int length, boolean quoted) {
        fields = index + 1;
        if (index >= MAX_FIELDS) {
            whole = false;
            return;
        }
        int at = index == 0 ? 0 : ends[index - 1];
        int kept = Math.min(length, MAX_CHARACTERS - at);
        whole &= kept == length;
        if (at + kept > text.length) {
            text = Arrays.copyOf(text, Math.max(at + kept, text.length * 2));
        }
        if (index == ends.length) {
            ends = Arrays.copyOf(ends, index * 2);
        }
        System.arraycopy(characters, offset, text, at, kept);
        ends[index] = at + kept;
    }

    @Override
    protected CsvRow buildRecord() {
        return this;
    }

    int size() {
        return fields;
    }

    /** False when the record is longer than what is kept of one; it is no row then, and its beginning is there to show. */
    boolean isWhole() {
        return whole;
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
        int kept = Math.min(fields, MAX_FIELDS);
        List<String> all = new ArrayList<>(kept);
        for (int i = 0; i < kept; i++) {
            all.add(field(i));
        }
        return all;
    }

    /** The record as text again, for a reject. */
    String line() {
        return Texts.cut(String.join(",", texts()), Texts.MAX_PAYLOAD_BYTES / 4);
    }
}
