package io.alphakeep.market;

import java.util.Optional;

/**
 * One thing that is kept up to date: a ticker, a function and, for intraday bars, an interval. It is the unit of
 * watermarks, leases and problems.
 *
 * @param symbol   the ticker
 * @param function the API's function name, as in {@code TIME_SERIES_DAILY}
 * @param interval the width of intraday bars; empty for every other function
 */
public record Series(Symbol symbol, String function, Optional<Interval> interval) implements Comparable<Series> {

    public static Series of(String symbol, String function) {
        return new Series(new Symbol(symbol), function, Optional.empty());
    }

    public static Series of(String symbol, String function, Interval interval) {
        return new Series(new Symbol(symbol), function, Optional.of(interval));
    }

    /** The series' name in the column {@code endpoint}: the function and the interval where it has one. */
    public String endpoint() {
        return interval.map(i -> function + "_" + i.text()).orElse(function);
    }

    /** The form that commands take: {@code TIME_SERIES_INTRADAY:5min}. */
    public String functionText() {
        return interval.map(i -> function + ":" + i.text()).orElse(function);
    }

    /** Order of locks and of rows: by ticker, then by endpoint; two writers that keep to it cannot deadlock. */
    @Override
    public int compareTo(Series other) {
        int bySymbol = symbol.compareTo(other.symbol);
        return bySymbol != 0 ? bySymbol : endpoint().compareTo(other.endpoint());
    }

    @Override
    public String toString() {
        return symbol + " " + functionText();
    }
}
