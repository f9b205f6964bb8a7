package io.alphakeep.market;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.LongUnaryOperator;

/** Takes rows in the order of an answer. Not for use by several threads. */
public final class BarsBuilder {

    private static final int SMALLEST = 16;
    private static final int MANY = 50_000;

    private int size;
    private int expected;
    private long[] seconds;
    private final FigureColumn[] columns = new FigureColumn[Bars.Figure.ALL.length];
    private String[] rest;

    /** @param expected how many bars will come, as far as one knows; more are taken */
    public BarsBuilder(int expected) {
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
        for (Bars.Figure figure : Bars.Figure.ALL) {
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
        put(Bars.Figure.OPEN, bar.open());
        put(Bars.Figure.HIGH, bar.high());
        put(Bars.Figure.LOW, bar.low());
        put(Bars.Figure.CLOSE, bar.close());
        put(Bars.Figure.VOLUME, bar.volume());
        put(Bars.Figure.ADJUSTED_CLOSE, bar.adjustedClose());
        put(Bars.Figure.DIVIDEND_AMOUNT, bar.dividendAmount());
        put(Bars.Figure.SPLIT_COEFFICIENT, bar.splitCoefficient());
        rest(bar.rest());
    }

    /** Whether the row begun last has the figure. */
    public boolean has(Bars.Figure figure) {
        FigureColumn column = columns[figure.ordinal()];
        return column != null && column.scales[size - 1] != FigureColumn.NONE;
    }

    /**
     * A figure of the row begun last.
     *
     * @param scale 0 to {@value BarsBars#MAX_SCALE}
     */
    public void put(Bars.Figure figure, long unscaled, int scale) {
        if (scale < 0 || scale > Bars.MAX_SCALE) {
            throw new IllegalArgumentException("a scale of " + scale);
        }
        column(figure).set(size - 1, unscaled, (byte) scale, null);
    }

    /** A figure of the row begun last; null is none. */
    public void put(Bars.Figure figure, BigDecimal value) {
        if (value == null) {
            return;
        }
        boolean plain = value.scale() >= 0 && value.scale() <= Bars.MAX_SCALE && value.precision() <= 18;
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
        for (FigureColumn column : columns) {
            if (column != null) {
                column.set(size, 0, FigureColumn.NONE, null);
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
    public Bars build(Bars.Duplicates duplicates) {
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

    private Bars sorted(Bars.Duplicates duplicates) {
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
        return Bars.ordered(Arrays.copyOf(order, count), seconds, columns, rest);
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
        for (FigureColumn column : columns) {
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

    private FigureColumn column(Bars.Figure figure) {
        FigureColumn column = columns[figure.ordinal()];
        if (column == null) {
            column = new FigureColumn(seconds.length);
            columns[figure.ordinal()] = column;
        }
        return column;
    }

    private void grow(int capacity) {
        seconds = Arrays.copyOf(seconds, capacity);
        for (FigureColumn column : columns) {
            if (column != null) {
                column.grow(capacity);
            }
        }
        rest = rest == null ? null : Arrays.copyOf(rest, capacity);
    }
}
