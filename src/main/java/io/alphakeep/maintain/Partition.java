package io.alphakeep.maintain;

import java.time.Instant;

/**
 * An attached partition of a table that is partitioned by range of instants.
 *
 * @param name  of its table, in the schema of the parent
 * @param from  first instant that it holds; {@link Instant#MIN} for MINVALUE
 * @param until first instant that it no longer holds; {@link Instant#MAX} for MAXVALUE
 */
public record Partition(String name, Instant from, Instant until) {

    /** Whether the two ranges share an instant. */
    public boolean overlaps(Instant otherFrom, Instant otherUntil) {
        return from.isBefore(otherUntil) && otherFrom.isBefore(until);
    }
}
