package io.alphakeep.run;

import io.alphakeep.ledger.Leases;
import io.alphakeep.market.Series;
import io.alphakeep.plan.PlannedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The requests of a run whose series another run has. When nothing else is left they come once more: those that it has given
 * back, and those whose lease runs out, since it is dead then. A run that lives renews its leases, three times before they
 * run out: what is seen renewed is left to it.
 */
final class OthersSeries {

    /** Between two looks: what was given back, and that this run has ended, is seen so late at most. */
    private static final Duration NAP = Duration.ofMillis(250);

    private final Leases leases;
    private final RunControl control;
    private final RunListener listener;
    private final List<PlannedRequest> requests;
    private final Map<Series, Instant> seen = new HashMap<>();

    OthersSeries(Leases leases, RunControl control, RunListener listener, Collection<PlannedRequest> requests) {
        this.leases = leases;
        this.control = control;
        this.listener = listener;
        this.requests = new ArrayList<>(requests);
    }

    /**
     * Waits for some that can be tried again, no longer than the leases that were seen at first hold.
     *
     * @param left hears of each that is left to the other run
     * @return in their order; empty = there are no more, or this run has ended
     */
    List<PlannedRequest> next(Consumer<PlannedRequest> left) {
        while (!requests.isEmpty() && !control.ended()) {
            Map<Series, Leases.Lease> held =
                    leases.held(requests.stream().map(PlannedRequest::series).toList());
            List<PlannedRequest> free =
                    requests.stream().filter(r -> !held.containsKey(r.series())).toList();
            requests.removeAll(free);
            if (!free.isEmpty()) {
                return free;
            }
            List<PlannedRequest> renewed = requests.stream()
                    .filter(r -> isRenewed(r.series(), held.get(r.series())))
                    .toList();
            renewed.forEach(left);
            requests.removeAll(renewed);
            if (!requests.isEmpty() && !nap(held.values())) {
                return List.of();
            }
        }
        return List.of();
    }

    private boolean isRenewed(Series series, Leases.Lease lease) {
        Instant first = seen.putIfAbsent(series, lease.until());
        return first != null && lease.until().isAfter(first);
    }

    /** @return false when the thread is to end */
    private boolean nap(Collection<Leases.Lease> held) {
        listener.waiting("another run has what is left");
        long millis = NAP.toMillis();
        for (Leases.Lease lease : held) {
            millis = Math.min(millis, lease.left().toMillis());
        }
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
