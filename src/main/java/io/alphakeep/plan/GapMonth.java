package io.alphakeep.plan;

import io.alphakeep.market.Gap;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;

/**
 * The month of an intraday series in which sessions are missing, once its backfill is through. Daily series need no request
 * of their own: {@link Current} asks the full history where it would have asked the newest rows.
 */
final class GapMonth {

    /** Of a day's allowance no more than this part goes into gaps of the past. */
    private static final int DAY_PER_GAPS = 5;

    private static final Duration DAY = Duration.ofHours(24);

    private GapMonth() {}

    /** To be asked only when the series has no months of a backfill left, which may be what is missing. */
    static Optional<PlannedRequest> of(Situation s) {
        Optional<Gap> gap = s.watermark().holes().gap();
        if (!s.function().intraday()
                || !s.fullPossible()
                || gap.filter(g -> !YearMonth.from(g.from()).isBefore(Backfill.OLDEST))
                        .isEmpty()) {
            return Optional.empty();
        }
        YearMonth month = YearMonth.from(gap.get().from());
        return Optional.of(new PlannedRequest(
                s.series(),
                s.function(),
                Size.FULL,
                Optional.of(month),
                Optional.empty(),
                s.entry().priority(),
                Worth.ofGap(s, gap.get().sessions()),
                "month " + month + ", " + Words.gap(gap.get())));
    }

    /** How many may be asked within 24 hours. */
    static int mostPerDay(PlanOptions options) {
        return options.perDay().isEmpty()
                ? Integer.MAX_VALUE
                : Math.max(1, options.perDay().getAsInt() / DAY_PER_GAPS);
    }

    /** Whether one of the series was asked within the last 24 hours. */
    static boolean wasAskedToday(Situation s) {
        Instant asked = s.watermark().holes().askedAt();
        return s.function().intraday() && asked != null && asked.isAfter(s.now().minus(DAY));
    }
}
