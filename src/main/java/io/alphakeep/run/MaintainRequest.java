package io.alphakeep.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one pass of maintenance is asked to do.
 *
 * @param parts   of {@link #PARTS}; empty = all. They are done in the order of that list
 * @param timeout begin no step after this time
 */
public record MaintainRequest(List<String> parts, Optional<Duration> timeout) {

    /** The parts of maintenance, in the order in which they are done. */
    public static final List<String> PARTS = List.of("partitions", "indexes", "archive", "statistics", "ledger");

    /** The months that are kept ready, and nothing else: what tables that were just made lack. */
    public static final MaintainRequest MONTHS_AHEAD = new MaintainRequest(List.of("partitions"), Optional.empty());

    public MaintainRequest {
        parts = List.copyOf(parts);
    }

    /** Everything that is due. */
    public static MaintainRequest due() {
        return new MaintainRequest(List.of(), Optional.empty());
    }

    boolean includes(String part) {
        return parts.isEmpty() || parts.contains(part);
    }
}
