package io.alphakeep.plan;

import io.alphakeep.market.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Why a series is not asked however stale it is: it is parked, or it failed too recently. */
final class Hold {

    /** The wait after a failure is this, doubled for each one in a row. */
    private static final Duration FIRST_WAIT = Duration.ofMinutes(5);

    /** A series that always fails still costs no more than one request a day. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);

    private Hold() {}

    static Optional<Omission> of(Situation s) {
        Watermark mark = s.watermark();
        if (s.options().explicit()) {
            return Optional.empty();
        }
        if (mark.parkedReason() != null) {
            return Optional.of(new Omission(s.series(), "parked: " + mark.parkedReason(), Optional.empty()));
        }
        if (mark.failuresInARow() <= 0
                || mark.lastAttemptAt() == null
                || s.options().refresh()) {
            return Optional.empty();
        }
        Instant again = mark.lastAttemptAt().plus(waitAfter(mark.failuresInARow()));
        if (!again.isAfter(s.now())) {
            return Optional.empty();
        }
        String failed =
                mark.failuresInARow() == 1 ? "failed once" : "failed " + mark.failuresInARow() + " times in a row";
        return Optional.of(
                new Omission(s.series(), failed + ", again after " + Words.instant(again), Optional.of(again), true));
    }

    /** 10, 20, 40 minutes … 24 hours. */
    static Duration waitAfter(int failures) {
        // From the 9th on the product is longer than a day; the shift must not run over before that is seen.
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 9));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
