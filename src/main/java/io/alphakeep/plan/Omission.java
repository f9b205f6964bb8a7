package io.alphakeep.plan;

import io.alphakeep.market.Series;
import java.time.Instant;
import java.util.Optional;

/**
 * A series of which this plan asks nothing, or not everything.
 *
 * @param series which
 * @param reason one line for people: why not
 * @param dueAt  the moment from which on a plan asks it; empty when time alone does not bring it. A month of a backfill
 *     that is over before then is asked sooner
 * @param failedLately it waits because the last attempts came to nothing
 */
public record Omission(Series series, String reason, Optional<Instant> dueAt, boolean failedLately) {

    /** For any other reason. */
    Omission(Series series, String reason, Optional<Instant> dueAt) {
        this(series, reason, dueAt, false);
    }
}
