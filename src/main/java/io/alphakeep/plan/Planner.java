package io.alphakeep.plan;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.catalog.Function;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * From what is wanted and how far it is kept to what is asked now, in which order. The same input, in whatever order it
 * comes, gives the same plan.
 *
 * <p>The order: by {@link Worth}, of which the priority is a part; of one worth by priority; then the one that has waited
 * longest for an answer, those without any first; then the order of series. The months of one series stay ascending.
 */
public final class Planner {

    private static final Comparator<Candidate> ORDER = Comparator.comparingDouble(
                    (Candidate c) -> -c.request().value())
            .thenComparing(c -> -c.request().priority())
            .thenComparing(Candidate::lastAnswerAt, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(c -> c.request().series())
            .thenComparing(c -> c.request().month().orElse(Backfill.OLDEST));

    private final PlanOptions options;
    private final Instant now;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Candidate> gaps = new ArrayList<>();
    private final Map<Series, Omission> omissions = new TreeMap<>();
    private int gapsAskedToday;

    private Planner(PlanOptions options, Instant now) {
        this.options = options;
        this.now = now;
    }

    /**
     * What to ask at a moment.
     *
     * @param entries    the watchlist, each series once
     * @param watermarks how far series are kept; one without is one that was never asked
     * @throws IllegalArgumentException when a series is on the list twice
     */
    public static Plan plan(
            Collection<WatchEntry> entries, Map<Series, Watermark> watermarks, PlanOptions options, Instant now) {
        Planner planner = new Planner(options, now);
        Set<Series> seen = new HashSet<>();
        for (WatchEntry entry : entries) {
            if (!seen.add(entry.series())) {
                throw new IllegalArgumentException(entry.series() + " is on the watchlist twice");
            }
            planner.consider(entry, watermarks.getOrDefault(entry.series(), Watermark.none(entry.series())));
        }
        return planner.ordered();
    }

    private void consider(WatchEntry entry, Watermark watermark) {
        Optional<Function> function = Catalog.find(entry.series().function());
        if (function.isEmpty()) {
            omit(
                    entry.series(),
                    "this version knows no function " + entry.series().function(),
                    Optional.empty());
            return;
        }
        Situation situation = new Situation(entry, function.get(), watermark, options, now);
        Due due = Due.of(situation);
        List<PlannedRequest> months = Backfill.months(situation);
        Optional<Omission> hold = Hold.of(situation);
        gapsAskedToday += GapMonth.wasAskedToday(situation) ? 1 : 0;
        if (due instanceof Due.Later later && months.isEmpty() && !holdsBeyond(hold, later)) {
            omit(entry.series(), "up to date until " + Words.instant(later.at()), Optional.of(later.at()));
        } else if (hold.isPresent()) {
            omissions.put(entry.series(), hold.get());
        } else {
            if (due instanceof Due.Now current) {
                add(Current.of(situation, current.reason()), watermark);
            }
            months.forEach(month -> add(month, watermark));
        }
        if (months.isEmpty() && hold.isEmpty()) {
            GapMonth.of(situation).ifPresent(gap -> gaps.add(candidate(gap, watermark)));
        }
    }

    /** Of two reasons to wait the longer one is told; a parked series waits for ever. */
    private static boolean holdsBeyond(Optional<Omission> hold, Due.Later later) {
        return hold.isPresent()
                && !hold.get().dueAt().filter(later.at()::isAfter).isPresent();
    }

    private void add(PlannedRequest request, Watermark watermark) {
        candidates.add(candidate(request, watermark));
    }

    private static Candidate candidate(PlannedRequest request, Watermark watermark) {
        return new Candidate(request.explained(), watermark.lastAnswerAt());
    }

    private void omit(Series series, String reason, Optional<Instant> dueAt) {
        omissions.put(series, new Omission(series, reason, dueAt));
    }

    private Plan ordered() {
        chooseGaps();
        List<PlannedRequest> all =
                candidates.stream().sorted(ORDER).map(Candidate::request).toList();
        Plan plan = new Plan(all, List.copyOf(omissions.values()));
        return options.maxRequests().isEmpty()
                ? plan
                : plan.cut(
                        options.maxRequests().getAsInt(),
                        "beyond --max-requests " + options.maxRequests().getAsInt(),
                        now);
    }

    /** Of the months with a gap as many as their share of the day still has room for. */
    private void chooseGaps() {
        gaps.sort(ORDER);
        int most = GapMonth.mostPerDay(options);
        int room = Math.min(gaps.size(), Math.max(0, most - gapsAskedToday));
        for (Candidate gap : gaps.subList(0, room)) {
            candidates.add(gap);
            omissions.remove(gap.request().series());
        }
        for (Candidate gap : gaps.subList(room, gaps.size())) {
            omissions.computeIfPresent(
                    gap.request().series(),
                    (series, told) -> new Omission(
                            series,
                            told.reason() + "; " + gap.request().reason() + ": later, gaps get " + most
                                    + (most == 1 ? " request" : " requests") + " in 24 hours",
                            told.dueAt()));
        }
    }

    /** A request with what its order depends on besides. */
    private record Candidate(PlannedRequest request, Instant lastAnswerAt) {}
}
