package io.alphakeep.plan;

import io.alphakeep.market.Series;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a bound leaves for later: a line for each series, however many months of it there are. */
final class Cut {

    private Cut() {}

    /**
     * @param bound as in {@code beyond --max-requests 3}
     * @param last  the last request that is kept; empty when none is
     */
    static List<Omission> omissions(
            List<PlannedRequest> beyond, String bound, Optional<PlannedRequest> last, Instant dueAt) {
        Map<Series, List<PlannedRequest>> bySeries = beyond.stream()
                .collect(Collectors.groupingBy(PlannedRequest::series, TreeMap::new, Collectors.toList()));
        return bySeries.entrySet().stream()
                .map(cut -> new Omission(
                        cut.getKey(), bound + count(cut.getValue()) + worth(cut.getValue(), last), Optional.of(dueAt)))
                .toList();
    }

    private static String count(List<PlannedRequest> requests) {
        return requests.size() == 1 ? "" : ": " + requests.size() + " requests";
    }

    private static String worth(List<PlannedRequest> requests, Optional<PlannedRequest> last) {
        return last.map(kept -> "; worth " + Words.worth(requests.get(0).value()) + ", the last one asked "
                        + Words.worth(kept.value()))
                .orElse("");
    }
}
