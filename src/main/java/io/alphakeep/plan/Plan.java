package io.alphakeep.plan;

import io.alphakeep.market.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to ask, and what not. Every line of the watchlist is in at least one of the lists; in both only when a bound cut
 * some of its requests off.
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

    /** The series that would be asked, had they not failed lately. */
    public List<Omission> failedLately() {
        return omissions.stream().filter(Omission::failedLately).toList();
    }

    /** What of it the allowance that is left today will do for; the rest is left out, with the reason. */
    public Plan within(Allowance allowance) {
        return cut(
                allowance.left(),
                "beyond today's allowance (" + allowance.perDay() + " a day, " + allowance.left()
                        + " left), next after " + Words.instant(allowance.until()),
                allowance.until());
    }

    /** The first requests of it; a series that was cut before gets the new reason. */
    Plan cut(int most, String bound, Instant dueAt) {
        if (requests.size() <= most) {
            return this;
        }
        Optional<PlannedRequest> last = most == 0 ? Optional.empty() : Optional.of(requests.get(most - 1));
        List<Omission> left =
                new ArrayList<>(Cut.omissions(requests.subList(most, requests.size()), bound, last, dueAt));
        Set<Series> told = new HashSet<>();
        left.forEach(omission -> told.add(omission.series()));
        omissions.stream().filter(o -> !told.contains(o.series())).forEach(left::add);
        left.sort(Comparator.comparing(Omission::series));
        return new Plan(requests.subList(0, most), left);
    }
}
