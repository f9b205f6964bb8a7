package io.alphakeep.plan;

import io.alphakeep.catalog.Shape;
import java.util.Optional;

/**
 * The request for the current data of a series: everything when it has no bars, when its history is stale or {@code
 * --refresh} says so, when bars are missing in the middle of it, and when the newest 100 rows do not reach back to what is stored; else those.
 */
final class Current {

    private Current() {}

    static PlannedRequest of(Situation s, String reason) {
        Size size = size(s);
        return new PlannedRequest(
                s.series(),
                s.function(),
                size,
                Optional.empty(),
                Optional.empty(),
                s.entry().priority(),
                Worth.ofCurrent(s),
                reason + extent(s, size));
    }

    private static Size size(Situation s) {
        if (!s.function().outputSizes()) {
            return Size.NONE;
        }
        return wantsFull(s) && s.fullPossible() ? Size.FULL : Size.COMPACT;
    }

    private static boolean wantsFull(Situation s) {
        return s.options().refresh()
                || s.watermark().refreshOwed()
                || !s.hasBars()
                || !Compact.fits(s)
                || s.fillableGap().isPresent()
                || wantsOlder(s);
    }

    /**
     * This run's {@code --since} lies before the oldest stored bar. The watchlist's own {@code from} does not count
     * here: for a ticker listed later it would ask the whole history every day.
     */
    private static boolean wantsOlder(Situation s) {
        return !s.function().intraday()
                && s.watermark().firstTimestamp() != null
                && s.options()
                        .since()
                        .filter(s.dateOf(s.watermark().firstTimestamp())::isAfter)
                        .isPresent();
    }

    /** What is had by it, where that is not plain. */
    private static String extent(Situation s, Size size) {
        return switch (size) {
            case FULL ->
                s.function().intraday()
                        ? ": trailing 30 days"
                        : ": full history"
                                + s.fillableGap()
                                        .map(gap -> ", " + Words.gap(gap))
                                        .orElse("");
            case NONE -> s.function().shape() == Shape.SERIES && !s.hasBars() ? ": full history" : "";
            case COMPACT ->
                !wantsFull(s)
                        ? s.function().intraday() ? "" : unfillable(s)
                        : ": newest " + Compact.ROWS + " bars, "
                                + (s.watermark().fullRefused()
                                        ? "more was refused as premium"
                                        : "the key's plan has no more");
        };
    }

    private static String unfillable(Situation s) {
        return s.watermark()
                .holes()
                .gap()
                .map(gap -> "; " + Words.gap(gap) + ", only the full history has it")
                .orElse("");
    }
}
