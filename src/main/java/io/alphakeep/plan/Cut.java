package io.alphakeep.plan;

import io.alphakeep.market.Series;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code --max-requests} leaves for later: a line for each series, however many months of it there are. */
final class Cut {

    private Cut() {}

    static List<Omission> omissions(List<PlannedRequest> beyond, int maxRequests, Instant now) {
        Map<Series, Long> counts = beyond.stream()
                .collect(Collectors.groupingBy(PlannedRequest::series, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(series -> new Omission(
                        series.getKey(),
                        "beyond --max-requests " + maxRequests
                                + (series.getValue() == 1 ? "" : ": " + series.getValue() + " requests"),
                        Optional.of(now)))
                .toList();
    }
}
