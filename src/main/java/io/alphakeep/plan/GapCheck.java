package io.alphakeep.plan;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Which stored series are to be looked at for gaps. */
public final class GapCheck {

    private static final Duration EVERY = Duration.ofDays(7);

    private GapCheck() {}

    /**
     * The daily and intraday series with bars of United States' tickers that nobody has looked at for a week, those not at all
     * first; not parked ones, and none whose backfill is not through.
     *
     * @param marks the watermarks of some of the entries
     */
    public static List<Watermark> due(
            Collection<WatchEntry> entries, Collection<Watermark> marks, PlanOptions options, Instant now) {
        Map<Series, Watermark> bySeries =
                marks.stream().collect(Collectors.toMap(Watermark::series, UnaryOperator.identity()));
        return entries.stream()
                .filter(entry -> bySeries.containsKey(entry.series()))
                .flatMap(entry -> Catalog.find(entry.series().function())
                        .map(f -> new Situation(entry, f, bySeries.get(entry.series()), options, now))
                        .stream())
                .filter(GapCheck::isDue)
                .map(Situation::watermark)
                .sorted(Comparator.comparing(
                                (Watermark mark) -> mark.holes().checkedAt(),
                                Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(Watermark::series))
                .toList();
    }

    private static boolean isDue(Situation s) {
        Watermark mark = s.watermark();
        Instant checked = mark.holes().checkedAt();
        // Functions without output sizes answer their whole history each time.
        return s.function().outputSizes()
                && s.series().symbol().isUnitedStates()
                && mark.firstTimestamp() != null
                && s.hasBars()
                && mark.parkedReason() == null
                && (checked == null || !checked.plus(EVERY).isAfter(s.now()))
                && Backfill.months(s).isEmpty();
    }
}
