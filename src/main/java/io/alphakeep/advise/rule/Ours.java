package io.alphakeep.advise.rule;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.seen.Index;
import java.util.regex.Pattern;

/** Indexes that the migrations and maintenance make; dropped, they would be missed or come again. */
final class Ours {

    private static final Pattern NAMES =
            Pattern.compile("idx_alpha_fund_(market_cap|market_cap_text|pe_ratio|dividend_yield|eps|beta)"
                    + "|alpha_(run_started_at|request_requested_at|request_series|reject_rejected_at|maintenance_started_at)"
                    + "|.*_ak[0-9a-f]{6}");

    private static final String DROP = "DROP INDEX CONCURRENTLY IF EXISTS ";

    private Ours() {}

    static boolean made(Index index) {
        return NAMES.matcher(index.name()).matches();
    }

    /** An index of a partitioned table goes with those of all partitions, under a lock on all of them. */
    static Change drop(Index index) {
        return index.partitioned()
                ? new Change("DROP INDEX IF EXISTS " + index.qualified(), index.create(), Change.Effect.REVIEW)
                : new Change(DROP + index.qualified(), index.create(), Change.Effect.NOW);
    }

    static boolean isDrop(Change change) {
        return change.sql().startsWith(DROP);
    }
}
