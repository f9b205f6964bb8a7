package io.alphakeep.plan;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one run wants differently.
 *
 * @param refresh     ask also what is not due, all of it in full
 * @param since       the oldest date wanted, for this run, in place of the watchlist's {@code from}
 * @param maxRequests the most requests that the plan may hold, 0 or more; empty = no bound
 * @param compactOnly the key's plan has no full answers (the free one): ask the newest 100 rows
 * @param explicit    the series were named one by one: failing and parked ones are asked, too
 * @param perDay      requests that the key has a day, of which gaps get no more than a fifth; empty = no limit
 */
public record PlanOptions(
        boolean refresh,
        Optional<LocalDate> since,
        OptionalInt maxRequests,
        boolean compactOnly,
        boolean explicit,
        OptionalInt perDay) {

    /** @throws IllegalArgumentException when {@code maxRequests} is negative */
    public PlanOptions {
        if (maxRequests.isPresent() && maxRequests.getAsInt() < 0) {
            throw new IllegalArgumentException("max-requests is " + maxRequests.getAsInt() + ", it must be 0 or more");
        }
    }

    /** For a key without a limit a day. */
    public PlanOptions(
            boolean refresh,
            Optional<LocalDate> since,
            OptionalInt maxRequests,
            boolean compactOnly,
            boolean explicit) {
        this(refresh, since, maxRequests, compactOnly, explicit, OptionalInt.empty());
    }

    /** What a scheduled run has: only what is due, without a bound of its own. */
    public static PlanOptions ordinary() {
        return new PlanOptions(false, Optional.empty(), OptionalInt.empty(), false, false);
    }
}
