package io.alphakeep.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A line of {@code alpha_run}.
 *
 * @param outcome {@code done}, {@code postponed}, {@code partial}, {@code stopped} or {@code failed}; for a run that was
 *                not closed {@code running}, or {@code killed} when its last sign of life has expired
 * @param door    what started it: {@code command}, {@code cron}, {@code http}
 * @param process the process id on {@code host}
 */
public record RunLine(
        long run,
        Instant startedAt,
        Optional<Instant> finishedAt,
        String outcome,
        String door,
        String host,
        long process,
        String version,
        RequestCounts requests,
        RowCounts rows) {

    /** The outcome that a run which was not closed and shows no life is told with; it is never stored. */
    public static final String KILLED = "killed";

    /** The outcome that a run which was not closed and is alive is told with; it is never stored. */
    public static final String RUNNING = "running";
}
