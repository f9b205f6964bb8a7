package io.alphakeep.maintain.partition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The ranges of all partitions of a table. Immutable, so that threads can share it. */
final class Bounds {

    static final Bounds NONE = new Bounds(List.of());

    private final TreeMap<Instant, Bound> byStart = new TreeMap<>();

    Bounds(Collection<Bound> bounds) {
        bounds.forEach(bound -> byStart.put(bound.from(), bound));
    }

    Bounds with(Bound bound) {
        List<Bound> all = new ArrayList<>(byStart.values());
        all.add(bound);
        return new Bounds(all);
    }

    boolean holds(Instant instant) {
        Map.Entry<Instant, Bound> at = byStart.floorEntry(instant);
        return at != null && at.getValue().holds(instant);
    }

    boolean overlaps(Bound range) {
        // Partitions never overlap each other, so that the last one that starts before the range's end decides.
        Map.Entry<Instant, Bound> before = byStart.lowerEntry(range.until());
        return before != null && before.getValue().overlaps(range);
    }
}
