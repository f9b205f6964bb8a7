package io.alphakeep.plan;

import java.util.List;

/**
 * What to ask, and what not. Every line of the watchlist is in at least one of the lists; in both only when {@code
 * maxRequests} cut some of its requests off.
 *
 * @param requests  in the order in which they are to be asked, the most valuable first
 * @param omissions by series
 */
public record Plan(List<PlannedRequest> requests, List<Omission> omissions) {

    public Plan {
        requests = List.copyOf(requests);
        omissions = List.copyOf(omissions);
    }

    public boolean isEmpty() {
        return requests.isEmpty();
    }
}
