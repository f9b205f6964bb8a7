package io.alphakeep.catalog;

import io.alphakeep.market.Interval;
import io.alphakeep.market.Series;
import io.alphakeep.market.Symbol;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The functions that alphakeep keeps. A function that has one of the known shapes is a line here and nothing else. */
public final class Catalog {

    /** Equity stamps are naive New York time even for foreign listings (ALPHA VANTAGE quirk 11). */
    private static final String EASTERN = "America/New_York";

    private static final List<Function> FUNCTIONS = List.of(
            // Slices fetched before and after a split agree only when they are not adjusted.
            bars("TIME_SERIES_INTRADAY", Rhythm.SESSION, true, true, Map.of("adjusted", "false")),
            bars("TIME_SERIES_DAILY", Rhythm.SESSION, false, true, Map.of()),
            bars("TIME_SERIES_DAILY_ADJUSTED", Rhythm.SESSION, false, true, Map.of()),
            bars("TIME_SERIES_WEEKLY", Rhythm.WEEK, false, false, Map.of()),
            bars("TIME_SERIES_WEEKLY_ADJUSTED", Rhythm.WEEK, false, false, Map.of()),
            bars("TIME_SERIES_MONTHLY", Rhythm.MONTH, false, false, Map.of()),
            bars("TIME_SERIES_MONTHLY_ADJUSTED", Rhythm.MONTH, false, false, Map.of()),
            new Function("GLOBAL_QUOTE", Shape.QUOTE, "", Rhythm.SESSION, false, false, true, Map.of(), EASTERN, 1),
            document("OVERVIEW", Shape.PROFILE, Rhythm.SESSION),
            document("INCOME_STATEMENT", Shape.REPORTS, Rhythm.SEVEN_DAYS),
            document("BALANCE_SHEET", Shape.REPORTS, Rhythm.SEVEN_DAYS),
            document("CASH_FLOW", Shape.REPORTS, Rhythm.SEVEN_DAYS),
            document("EARNINGS", Shape.REPORTS, Rhythm.SEVEN_DAYS));

    private static final Map<String, Function> BY_NAME =
            FUNCTIONS.stream().collect(Collectors.toUnmodifiableMap(Function::name, UnaryOperator.identity()));

    private Catalog() {}

    public static List<Function> functions() {
        return FUNCTIONS;
    }

    public static Optional<Function> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** @throws IllegalArgumentException when the catalogue has no such function; the message lists what there is */
    public static Function function(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not a known function; known: "
                        + FUNCTIONS.stream()
                                .map(Function::name)
                                .sorted(Comparator.naturalOrder())
                                .collect(Collectors.joining(", "))));
    }

    /**
     * The series that {@code ticker} and {@code F[:interval]} name.
     *
     * @throws IllegalArgumentException when ticker, function or interval is unknown or missing; the message lists what there is
     */
    public static Series series(String ticker, String functionText) {
        int colon = functionText.indexOf(':');
        String name = (colon < 0 ? functionText : functionText.substring(0, colon))
                .strip()
                .toUpperCase(Locale.ROOT);
        Function function = function(name);
        if (!function.intraday()) {
            if (colon >= 0) {
                throw new IllegalArgumentException("'" + functionText + "': " + name + " takes no interval");
            }
            return new Series(new Symbol(ticker), name, Optional.empty());
        }
        String word = colon < 0 ? "" : functionText.substring(colon + 1).strip();
        Interval interval = Interval.of(word)
                .orElseThrow(() -> new IllegalArgumentException("'" + functionText + "': " + name
                        + " needs an interval, as in " + name + ":5min; there is " + Interval.words()));
        return new Series(new Symbol(ticker), name, Optional.of(interval));
    }

    private static Function bars(
            String name, Rhythm rhythm, boolean intraday, boolean outputSizes, Map<String, String> fixed) {
        return new Function(name, Shape.SERIES, "", rhythm, intraday, outputSizes, true, fixed, EASTERN, 1);
    }

    private static Function document(String name, Shape shape, Rhythm rhythm) {
        return new Function(
                name, shape, name.toLowerCase(Locale.ROOT), rhythm, false, false, false, Map.of(), EASTERN, 1);
    }
}
