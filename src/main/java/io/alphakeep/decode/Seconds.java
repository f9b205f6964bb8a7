package io.alphakeep.decode;

import io.alphakeep.market.BarsBuilder;
import java.util.Arrays;

/** Which row has which second: a hash table without an object for each, open addressing, at most half full. */
final class Seconds {

    private static final int FREE = -1;

    private long[] seconds;
    private int[] rows;
    private int size;

    private Seconds(int capacity) {
        allocate(Integer.highestOneBit(Math.max(capacity, 16)) * 4);
    }

    /** The first rows of a builder. */
    static Seconds of(BarsBuilder bars, int count) {
        Seconds seen = new Seconds(count);
        for (int row = 0; row < count; row++) {
            seen.put(bars.second(row), row);
        }
        return seen;
    }

    /** Remembers the row, unless there is one of this second already: then that one; -1 when there was none. */
    int put(long second, int row) {
        if (size * 2 >= rows.length) {
            grow();
        }
        int at = slot(second);
        while (rows[at] != FREE) {
            if (seconds[at] == second) {
                return rows[at];
            }
            at = (at + 1) & (rows.length - 1);
        }
        seconds[at] = second;
        rows[at] = row;
        size++;
        return FREE;
    }

    private int slot(long second) {
        // Stamps are multiples of minutes or days: the high bits of the product are spread well, the low ones are not.
        return (int) ((second * 0x9E3779B97F4A7C15L) >>> 32) & (rows.length - 1);
    }

    private void grow() {
        long[] oldSeconds = seconds;
        int[] oldRows = rows;
        allocate(oldRows.length * 2);
        size = 0;
        for (int i = 0; i < oldRows.length; i++) {
            if (oldRows[i] != FREE) {
                put(oldSeconds[i], oldRows[i]);
            }
        }
    }

    private void allocate(int capacity) {
        seconds = new long[capacity];
        rows = new int[capacity];
        Arrays.fill(rows, FREE);
    }
}
