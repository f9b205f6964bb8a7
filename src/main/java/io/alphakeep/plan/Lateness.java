package io.alphakeep.plan;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How late the series of one function are: for how long what they lack has been due. A series that is up to date is 0 late,
 * one that was never answered as late as it is on the list, and a parked one does not count: it is not asked.
 *
 * @param longest of the latest series
 * @param median  half of the series are at most that late
 */
public record Lateness(Duration longest, Duration median) {

    /** By the function's name; functions without a series that is asked are not in it. */
    public static Map<String, Lateness> byFunction(
            Collection<WatchEntry> entries, Map<Series, Watermark> watermarks, Instant now) {
        Map<String, List<Duration>> late = new TreeMap<>();
        for (WatchEntry entry : entries) {
            Watermark mark = watermarks.getOrDefault(entry.series(), Watermark.none(entry.series()));
            if (mark.parkedReason() == null) {
                Catalog.find(entry.series().function())
                        .ifPresent(function -> late.computeIfAbsent(function.name(), name -> new ArrayList<>())
                                .add(of(new Situation(entry, function, mark, PlanOptions.ordinary(), now))));
            }
        }
        Map<String, Lateness> told = new TreeMap<>();
        late.forEach((function, all) -> {
            all.sort(null);
            told.put(function, new Lateness(all.get(all.size() - 1), all.get((all.size() - 1) / 2)));
        });
        return told;
    }

    private static Duration of(Situation s) {
        Instant due = s.watermark().lastAnswerAt() == null ? s.entry().addedAt().orElse(s.now()) : Due.dueAt(s);
        return due.isBefore(s.now()) ? Duration.between(due, s.now()) : Duration.ZERO;
    }
}
