package io.alphakeep.maintain.partition;

import java.time.Instant;
import java.util.List;

/** What has a partition to go to, and what was done for it. Immutable. */
public final class Homes {

    private final Bounds bounds;
    private final List<String> made;
    private final List<String> postponed;

    Homes(Bounds bounds, List<String> made, List<String> postponed) {
        this.bounds = bounds;
        this.made = List.copyOf(made);
        this.postponed = List.copyOf(postponed);
    }

    /** Whether a row of this instant has a partition; one without is a reject. */
    public boolean holds(Instant timestamp) {
        return bounds.holds(timestamp);
    }

    /** The names of the partitions that this call made. */
    public List<String> made() {
        return made;
    }

    /** The partitions that could not be made now, as {@code name: reason}. */
    public List<String> postponed() {
        return postponed;
    }
}
