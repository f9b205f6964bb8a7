package io.alphakeep.run;

import io.alphakeep.market.Series;
import io.alphakeep.plan.PlannedRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * A plan's requests in its order, but the months of one series one after the other: the next is there once the one before
 * is done. So a backfill of years goes on at the places that the plan gives its months, and when the allowance ends, the
 * most valuable requests were asked.
 */
final class WorkQueue {

    private record Ranked(int rank, PlannedRequest request) {}

    private final Queue<Ranked> ready = new PriorityQueue<>(Comparator.comparingInt(Ranked::rank));
    private final Map<Series, Queue<Ranked>> waiting = new HashMap<>();
    private final List<PlannedRequest> aside = new ArrayList<>();

    WorkQueue(List<PlannedRequest> requests) {
        int rank = 0;
        for (PlannedRequest request : currentFirst(requests)) {
            Ranked ranked = new Ranked(rank++, request);
            Queue<Ranked> months = request.isBackfill() ? waiting.get(request.series()) : null;
            if (months != null) {
                months.add(ranked);
            } else {
                ready.add(ranked);
                if (request.isBackfill()) {
                    waiting.put(request.series(), new ArrayDeque<>());
                }
            }
        }
    }

    /**
     * Of one series its current data before months of the past, at the place of the first of them: a month that fails would
     * hold the series off, and its current data with it.
     */
    private static List<PlannedRequest> currentFirst(List<PlannedRequest> requests) {
        List<PlannedRequest> ordered = new ArrayList<>(requests);
        Map<Series, Integer> firstMonth = new HashMap<>();
        for (int i = 0; i < ordered.size(); i++) {
            PlannedRequest request = ordered.get(i);
            if (request.month().isPresent()) {
                firstMonth.putIfAbsent(request.series(), i);
            } else if (firstMonth.containsKey(request.series())) {
                int place = firstMonth.get(request.series());
                ordered.set(i, ordered.get(place));
                ordered.set(place, request);
            }
        }
        return ordered;
    }

    /** The most valuable one that can be asked now; null when none is left, or only ones that wait for another worker. */
    synchronized PlannedRequest take() {
        Ranked first = ready.poll();
        return first == null ? null : first.request();
    }

    /** Whoever took it is through with it, and takes the next one. */
    synchronized void done(PlannedRequest request) {
        Queue<Ranked> months = request.isBackfill() ? waiting.get(request.series()) : null;
        if (months != null && !months.isEmpty()) {
            ready.add(months.remove());
        }
    }

    /** Another run has its series: it does not come again here, nor do the months that wait for it. */
    synchronized void setAside(PlannedRequest request) {
        aside.add(request);
        Queue<Ranked> months = request.isBackfill() ? waiting.get(request.series()) : null;
        if (months != null) {
            months.forEach(month -> aside.add(month.request()));
            months.clear();
        }
    }

    /** What was set aside; of a series in the order in which it is to be asked. */
    synchronized List<PlannedRequest> aside() {
        return List.copyOf(aside);
    }
}
