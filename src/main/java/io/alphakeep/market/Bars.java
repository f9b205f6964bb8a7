package io.alphakeep.market;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.LongUnaryOperator;

/**
 * Bars of one series in columns: ascending by timestamp, one per timestamp. As objects a body of 64 MiB would take three
 * times its size; here a bar takes 8 bytes and 9 more for each figure that the series has. A figure keeps every digit as it
 * was written, trailing zeros too: an unscaled {@code long} and its scale, or a {@link BigDecimal} where it needs more.
 * Immutable.
 */
public final class Bars {

    /** The figures of a bar, in the order of {@link Bar}'s components. */
    public enum Figure {
        OPEN,
        HIGH,
        LOW,
        CLOSE,
        VOLUME,
        ADJUSTED_CLOSE,
        DIVIDEND_AMOUNT,
        SPLIT_COEFFICIENT;

        private static final Figure[] ALL = values();
    }

    /** What to do with a row that has another one's timestamp. */
    @FunctionalInterface
    public interface Duplicates {
        void drop(Bar dropped, Bar kept);
    }

    /** The largest scale that is kept beside a {@code long}. */
    public static final int MAX_SCALE = 100;

    private static final Bars NONE = new Builder(0).build((dropped, kept) -> {});

    private final int from;
    private final int size;
    private final long[] seconds;
    private final Column[] columns;
    private final String[] rest;

    private Bars(int from, int size, long[] seconds, Column[] columns, String[] rest) {
        this.from = from;
        this.size = size;
        this.seconds = seconds;
        this.columns = columns;
        this.rest = rest;
    }

    public static Bars none() {
        return NONE;
    }

    /** @throws IllegalArgumentException when the bars are not ascending, or one stands within a second */
    public static Bars of(List<Bar> bars) {
        Builder builder = new Builder(bars.size());
        Instant previous = Instant.MIN;
        for (Bar bar : bars) {
            if (!bar.timestamp().isAfter(previous) || bar.timestamp().getNano() != 0) {
                throw new IllegalArgumentException("bars ascend by whole seconds, but " + bar.timestamp() + " follows "
                        + (previous == Instant.MIN ? "nothing" : previous));
            }
            previous = bar.timestamp();
            builder.add(bar);
        }
        return builder.build((dropped, kept) -> {});
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Seconds since 1970-01-01T00:00Z. */
    public long second(int index) {
        return seconds[from + checked(index)];
    }

    public Instant timestamp(int index) {
        return Instant.ofEpochSecond(second(index));
    }

    public Instant first() {
        return timestamp(0);
    }

    public Instant last() {
        return timestamp(size - 1);
    }

    /** The index of the bar at this second; {@code -1 - i} when there is none and it would be the i-th. */
    public int indexOf(long second) {
        int found = Arrays.binarySearch(seconds, from, from + size, second);
        return found >= 0 ? found - from : found + from;
    }

    public boolean has(Figure figure, int index) {
        Column column = columns[figure.ordinal()];
        return column != null && column.scales[from + checked(index)] != Column.NONE;
    }

    /** Whether {@link #unscaled} and {@link #scale} say the figure; if not it is to be had by {@link #value} alone. */
    public boolean isPlain(Figure figure, int index) {
        Column column = columns[figure.ordinal()];
        return column != null && column.scales[from + checked(index)] >= 0 && !column.isWide(from + index);
    }

    /** The digits of a plain figure. */
    public long unscaled(Figure figure, int index) {
        return columns[figure.ordinal()].unscaled[from + checked(index)];
    }

    /** How many of a plain figure's digits stand behind the point: 0 to {@value #MAX_SCALE}. */
    public int scale(Figure figure, int index) {
        return columns[figure.ordinal()].scales[from + checked(index)];
    }

    /** The figure; null where the bar has none. */
    public BigDecimal value(Figure figure, int index) {
        Column column = columns[figure.ordinal()];
        return column == null ? null : column.value(from + checked(index));
    }

    /** Whether both have the figure with the same value, or neither has it; 1.50 and 1.5 are the same. */
    public boolean isSame(Figure figure, int index, Bars other, int otherIndex) {
        if (isPlain(figure, index)
                && other.isPlain(figure, otherIndex)
                && scale(figure, index) == other.scale(figure, otherIndex)) {
            return unscaled(figure, index) == other.unscaled(figure, otherIndex);
        }
        BigDecimal mine = value(figure, index);
        BigDecimal theirs = other.value(figure, otherIndex);
        return mine == null || theirs == null ? mine == theirs : mine.compareTo(theirs) == 0;
    }

    /** Whether a bar may have something that no column holds. */
    public boolean hasRest() {
        return rest != null;
    }

    /** JSON object of what no column holds; null when nothing is left. */
    public String rest(int index) {
        return rest == null ? null : rest[from + checked(index)];
    }

    public Bar get(int index) {
        return new Bar(
                timestamp(index),
                value(Figure.OPEN, index),
                value(Figure.HIGH, index),
                value(Figure.LOW, index),
                value(Figure.CLOSE, index),
                value(Figure.VOLUME, index),
                value(Figure.ADJUSTED_CLOSE, index),
                value(Figure.DIVIDEND_AMOUNT, index),
                value(Figure.SPLIT_COEFFICIENT, index),
                rest(index));
    }

    /** A view that makes each bar when it is asked for. */
    public List<Bar> asList() {
        return new AbstractList<>() {
            @Override
            public Bar get(int index) {
                return Bars.this.get(index);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** A view of the bars from one index to before another. */
    public Bars slice(int fromIndex, int toIndex) {
        if (fromIndex < 0 || toIndex > size || fromIndex > toIndex) {
            throw new IndexOutOfBoundsException(fromIndex + " to " + toIndex + " of " + size);
        }
        return new Bars(from + fromIndex, toIndex - fromIndex, seconds, columns, rest);
    }

    /** The bars whose index the predicate accepts. */
    public Bars select(IntPredicate wanted) {
        int[] order = new int[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (wanted.test(i)) {
                order[count++] = from + i;
            }
        }
        return count == size ? this : ordered(Arrays.copyOf(order, count), seconds, columns, rest);
    }

    @Override
    public String toString() {
        return size == 0 ? "no bars" : size + " bars from " + first() + " to " + last();
    }

    private int checked(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index + " of " + size);
        }
        return index;
    }

    private static Bars ordered(int[] order, long[] seconds, Column[] columns, String[] rest) {
        long[] newSeconds = new long[order.length];
        String[] newRest = rest == null ? null : new String[order.length];
        for (int i = 0; i < order.length; i++) {
            newSeconds[i] = seconds[order[i]];
            if (newRest != null) {
                newRest[i] = rest[order[i]];
            }
        }
        Column[] newColumns = new Column[columns.length];
        for (int c = 0; c < columns.length; c++) {
            newColumns[c] = columns[c] == null ? null : columns[c].ordered(order);
        }
        return new Bars(0, order.length, newSeconds, newColumns, newRest);
    }

    /** One figure of all rows. */
    private static final class Column {
        /** In {@link #scales}: the bar has no such figure. */
        static final byte NONE = -1;

        long[] unscaled;
        byte[] scales;
        /** Null until a figure needs it. */
        BigDecimal[] wide;

        Column(int capacity) {
            unscaled = new long[capacity];
            scales = new byte[capacity];
            Arrays.fill(scales, NONE);
        }

        void grow(int capacity) {
            int before = scales.length;
            unscaled = Arrays.copyOf(unscaled, capacity);
            scales = Arrays.copyOf(scales, capacity);
            Arrays.fill(scales, before, capacity, NONE);
            wide = wide == null ? null : Arrays.copyOf(wide, capacity);
        }

        boolean isWide(int row) {
            return wide != null && wide[row] != null;
        }

        BigDecimal value(int row) {
            if (isWide(row)) {
                return wide[row];
            }
            return scales[row] == NONE ? null : BigDecimal.valueOf(unscaled[row], scales[row]);
        }

        void set(int row, long digits, byte scale, BigDecimal whole) {
            unscaled[row] = digits;
            scales[row] = scale;
            if (whole != null || isWide(row)) {
                wide = wide == null ? new BigDecimal[scales.length] : wide;
                wide[row] = whole;
            }
        }

        void swap(int a, int b) {
            long digits = unscaled[a];
            byte scale = scales[a];
            BigDecimal whole = wide == null ? null : wide[a];
            set(a, unscaled[b], scales[b], wide == null ? null : wide[b]);
            set(b, digits, scale, whole);
        }

        Column ordered(int[] order) {
            Column column = new Column(order.length);
            for (int i = 0; i < order.length; i++) {
                column.set(i, unscaled[order[i]], scales[order[i]], wide == null ? null : wide[order[i]]);
            }
            return column;
        }
    }

    /** Takes rows in the order of an answer. Not for use by several threads. */
    public static final class Builder {

        private static final int SMALLEST = 16;
        private static final int MANY = 50_000;

        private int size;
        private int expected;
        private long[] seconds;
        private final Column[] columns = new Column[Figure.ALL.length];
        private String[] rest;

        /** @param expected how many bars will come, as far as one knows; more are taken */
        public Builder(int expected) {
            seconds = new long[Math.max(SMALLEST, expected)];
        }

        public int size() {
            return size;
        }

        /** How many bars there will be in all, as one knows by now: room is made for so many and not for half more. */
        public void expect(int bars) {
            expected = bars;
        }

        /** The second of a row, counted from 0 in the order of adding. */
        public long second(int row) {
            return seconds[row];
        }

        /** Whether the row begun last says the same as an earlier one, whatever their seconds; 1.50 and 1.5 are the same. */
        public boolean lastRepeats(int row) {
            Bars all = built();
            for (Figure figure : Figure.ALL) {
                if (!all.isSame(figure, size - 1, all, row)) {
                    return false;
                }
            }
            return Objects.equals(all.rest(size - 1), all.rest(row));
        }

        /** Begins a row, which has no figures yet. */
        public void add(long second) {
            if (size == seconds.length) {
                int more = Math.addExact(size, Math.max(SMALLEST, size >> 1));
                // Every step costs a copy of all columns: few steps where one knows how far, but never a leap of
                // memory.
                int leap = size < MANY ? size * 4 : more;
                grow(expected > size ? Math.min(expected, leap) : more);
            }
            seconds[size++] = second;
        }

        public void add(Bar bar) {
            add(bar.timestamp().getEpochSecond());
            put(Figure.OPEN, bar.open());
            put(Figure.HIGH, bar.high());
            put(Figure.LOW, bar.low());
            put(Figure.CLOSE, bar.close());
            put(Figure.VOLUME, bar.volume());
            put(Figure.ADJUSTED_CLOSE, bar.adjustedClose());
            put(Figure.DIVIDEND_AMOUNT, bar.dividendAmount());
            put(Figure.SPLIT_COEFFICIENT, bar.splitCoefficient());
            rest(bar.rest());
        }

        /** Whether the row begun last has the figure. */
        public boolean has(Figure figure) {
            Column column = columns[figure.ordinal()];
            return column != null && column.scales[size - 1] != Column.NONE;
        }

        /**
         * A figure of the row begun last.
         *
         * @param scale 0 to {@value #MAX_SCALE}
         */
        public void put(Figure figure, long unscaled, int scale) {
            if (scale < 0 || scale > MAX_SCALE) {
                throw new IllegalArgumentException("a scale of " + scale);
            }
            column(figure).set(size - 1, unscaled, (byte) scale, null);
        }

        /** A figure of the row begun last; null is none. */
        public void put(Figure figure, BigDecimal value) {
            if (value == null) {
                return;
            }
            boolean plain = value.scale() >= 0 && value.scale() <= MAX_SCALE && value.precision() <= 18;
            if (plain) {
                put(figure, value.unscaledValue().longValue(), value.scale());
            } else {
                column(figure).set(size - 1, 0, (byte) 0, value);
            }
        }

        /** What no column holds of the row begun last; null is nothing. */
        public void rest(String json) {
            if (json == null) {
                return;
            }
            if (rest == null) {
                rest = new String[seconds.length];
            }
            rest[size - 1] = json;
        }

        /** Takes the row begun last back. */
        public void dropLast() {
            size--;
            for (Column column : columns) {
                if (column != null) {
                    column.set(size, 0, Column.NONE, null);
                }
            }
            if (rest != null) {
                rest[size] = null;
            }
        }

        /** Moves every row to another second: stamps wait for their zone, which may stand behind the rows. */
        public void move(LongUnaryOperator second) {
            for (int i = 0; i < size; i++) {
                seconds[i] = second.applyAsLong(seconds[i]);
            }
        }

        /** Of several rows with one timestamp the first that was added is kept. The builder is of no use afterwards. */
        public Bars build(Duplicates duplicates) {
            if (ascends(1)) {
                return built();
            }
            // The API lists the newest first.
            if (ascends(-1)) {
                for (int a = 0, b = size - 1; a < b; a++, b--) {
                    swap(a, b);
                }
                return built();
            }
            return sorted(duplicates);
        }

        private Bars sorted(Duplicates duplicates) {
            Bars all = built();
            Integer[] rows = new Integer[size];
            Arrays.setAll(rows, i -> i);
            Arrays.sort(rows, Comparator.comparingLong(row -> seconds[row]));
            int[] order = new int[size];
            int count = 0;
            for (int row : rows) {
                if (count > 0 && seconds[order[count - 1]] == seconds[row]) {
                    duplicates.drop(all.get(row), all.get(order[count - 1]));
                } else {
                    order[count++] = row;
                }
            }
            return ordered(Arrays.copyOf(order, count), seconds, columns, rest);
        }

        private Bars built() {
            return new Bars(0, size, seconds, columns, rest);
        }

        private boolean ascends(int direction) {
            for (int i = 1; i < size; i++) {
                if (Long.compare(seconds[i], seconds[i - 1]) != direction) {
                    return false;
                }
            }
            return true;
        }

        private void swap(int a, int b) {
            long second = seconds[a];
            seconds[a] = seconds[b];
            seconds[b] = second;
            for (Column column : columns) {
                if (column != null) {
                    column.swap(a, b);
                }
            }
            if (rest != null) {
                String text = rest[a];
                rest[a] = rest[b];
                rest[b] = text;
            }
        }

        private Column column(Figure figure) {
            Column column = columns[figure.ordinal()];
            if (column == null) {
                column = new Column(seconds.length);
                columns[figure.ordinal()] = column;
            }
            return column;
        }

        private void grow(int capacity) {
            seconds = Arrays.copyOf(seconds, capacity);
            for (Column column : columns) {
                if (column != null) {
                    column.grow(capacity);
                }
            }
            rest = rest == null ? null : Arrays.copyOf(rest, capacity);
        }
    }
}
