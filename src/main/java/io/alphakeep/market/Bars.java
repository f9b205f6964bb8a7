package io.alphakeep.market;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

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

        static final Figure[] ALL = values();
    }

    /** What to do with a row that has another one's timestamp. */
    @FunctionalInterface
    public interface Duplicates {
        void drop(Bar dropped, Bar kept);
    }

    /** The largest scale that is kept beside a {@code long}. */
    public static final int MAX_SCALE = 100;

    private static final Bars NONE = new BarsBuilder(0).build((dropped, kept) -> {});

    private final int from;
    private final int size;
    private final long[] seconds;
    private final FigureColumn[] columns;
    private final String[] rest;

    Bars(int from, int size, long[] seconds, FigureColumn[] columns, String[] rest) {
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
        BarsBuilder builder = new BarsBuilder(bars.size());
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
        FigureColumn column = columns[figure.ordinal()];
        return column != null && column.scales[from + checked(index)] != FigureColumn.NONE;
    }

    /** Whether {@link #unscaled} and {@link #scale} say the figure; if not it is to be had by {@link #value} alone. */
    public boolean isPlain(Figure figure, int index) {
        FigureColumn column = columns[figure.ordinal()];
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
        FigureColumn column = columns[figure.ordinal()];
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

    static Bars ordered(int[] order, long[] seconds, FigureColumn[] columns, String[] rest) {
        long[] newSeconds = new long[order.length];
        String[] newRest = rest == null ? null : new String[order.length];
        for (int i = 0; i < order.length; i++) {
            newSeconds[i] = seconds[order[i]];
            if (newRest != null) {
                newRest[i] = rest[order[i]];
            }
        }
        FigureColumn[] newColumns = new FigureColumn[columns.length];
        for (int c = 0; c < columns.length; c++) {
            newColumns[c] = columns[c] == null ? null : columns[c].ordered(order);
        }
        return new Bars(0, order.length, newSeconds, newColumns, newRest);
    }
}
