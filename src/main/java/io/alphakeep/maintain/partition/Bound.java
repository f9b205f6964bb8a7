package io.alphakeep.maintain.partition;

import java.time.Instant;

/**
 * The range of a partition, in UTC.
 *
 * @param from  first instant that it holds; {@link Instant#MIN} for MINVALUE
 * @param until first instant that it no longer holds; {@link Instant#MAX} for MAXVALUE
 */
record Bound(Instant from, Instant until) {

    boolean holds(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(until);
    }

    boolean overlaps(Bound other) {
        return from.isBefore(other.until) && other.from.isBefore(until);
    }
}
