package io.alphakeep.run;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.config.Failure;
import io.alphakeep.market.Series;
import io.alphakeep.market.Symbol;
import io.alphakeep.market.WatchEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The series that a request is about: lines of the watchlist, and ones that it names itself. */
final class Selection {

    private Selection() {}

    /**
     * @throws Failure 78 when there is nothing to keep, 2 when the request names what is neither on the list nor fully named
     */
    static List<WatchEntry> of(List<WatchEntry> watchlist, RunRequest request) {
        if (watchlist.isEmpty() && request.only().isEmpty()) {
            throw new Failure(
                    Failure.Kind.CONFIGURATION,
                    "the watchlist is empty, there is nothing to keep",
                    "fill it with: alphakeep watch add IBM MSFT --function TIME_SERIES_DAILY");
        }
        Map<Series, WatchEntry> chosen = new LinkedHashMap<>();
        for (WatchEntry entry : watchlist) {
            if (request.includes(entry.series())) {
                chosen.put(entry.series(), entry);
            }
        }
        for (Series series : named(watchlist, request)) {
            chosen.putIfAbsent(series, new WatchEntry(series, Optional.empty(), 0, Optional.<Duration>empty()));
        }
        if (chosen.isEmpty()) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "no series of the watchlist has " + String.join(", ", request.functions()),
                    "see alphakeep watch list, or name tickers with --only");
        }
        return List.copyOf(chosen.values());
    }

    private static List<Series> named(List<WatchEntry> watchlist, RunRequest request) {
        List<Series> named = new ArrayList<>();
        for (Symbol symbol : request.only()) {
            boolean watched =
                    watchlist.stream().anyMatch(e -> e.series().symbol().equals(symbol));
            if (request.functions().isEmpty() && !watched) {
                throw new Failure(
                        Failure.Kind.USAGE,
                        symbol + " is not on the watchlist",
                        "name what to ask with --function, or add it with: alphakeep watch add " + symbol
                                + " --function TIME_SERIES_DAILY");
            }
            for (String function : request.functions()) {
                boolean onList = watchlist.stream()
                        .map(WatchEntry::series)
                        .anyMatch(s -> s.symbol().equals(symbol) && s.function().equals(function));
                if (!onList) {
                    named.add(series(symbol, function));
                }
            }
        }
        return named;
    }

    private static Series series(Symbol symbol, String function) {
        try {
            return Catalog.series(symbol.text(), function);
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.USAGE, e.getMessage(), "see alphakeep ingest --help", e);
        }
    }
}
