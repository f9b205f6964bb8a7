package io.alphakeep.plan;

import io.alphakeep.catalog.Rhythm;

/**
 * What a request is worth beside others of its priority: how many publications were missed × the weight of what each is
 * likely to bring ÷ the requests it costs.
 *
 * <p>The weight grows with the logarithm of the rows. With the rows themselves a hundred minute series would keep every
 * daily one from ever being asked; so a day of 5-minute bars is worth four daily bars, and whatever is not asked grows
 * day by day until it wins. Missed publications count from the last answer, not from the newest bar: a delisted ticker
 * falls behind for ever and has nothing to give.
 */
final class Worth {

    /** A series that was never asked counts as one that has just fallen out of what a compact answer holds. */
    private static final int NEVER = Compact.ROWS;

    /** Rows that change with a dividend: twenty years of sessions. */
    private static final int HISTORY_ROWS = 5_000;

    /** A statement comes once a quarter; asked every seven days, one answer in thirteen holds one. */
    private static final double STATEMENTS_PER_ANSWER = 1.0 / 13;

    private static final int SESSIONS_PER_MONTH = 21;

    private Worth() {}

    static double ofCurrent(Situation s) {
        double rows = s.refreshDue() ? HISTORY_ROWS : rowsPerPeriod(s);
        return missed(s) * weight(rows) / s.function().costRequests();
    }

    /** Months of a backfill: the more are left the sooner, so that several series get on side by side. */
    static double ofMonth(Situation s, long left) {
        return left
                * weight(rowsPerPeriod(s) * SESSIONS_PER_MONTH)
                / s.function().costRequests();
    }

    private static long missed(Situation s) {
        Rhythm rhythm = s.function().rhythm();
        if (s.watermark().lastAnswerAt() == null) {
            return s.hasBars() ? Math.max(1, Timetable.periods(rhythm, s.lastDate(), s.lastPublished())) : NEVER;
        }
        long missed = Timetable.periods(
                rhythm, Timetable.lastPublished(rhythm, s.watermark().lastAnswerAt()), s.lastPublished());
        // What is owed or has its own pace is worth something between two publications, too.
        return Math.max(missed, s.refreshDue() || s.entry().every().isPresent() ? 1 : 0);
    }

    private static double rowsPerPeriod(Situation s) {
        if (s.function().rhythm() == Rhythm.SEVEN_DAYS) {
            return STATEMENTS_PER_ANSWER;
        }
        return s.series()
                .interval()
                .map(interval -> (double) Compact.rowsPerSession(interval.duration()))
                .orElse(1.0);
    }

    /** 1 for nothing, 2 for a row, 1 more each time the rows double. */
    private static double weight(double rows) {
        return 1 + Math.log1p(rows) / Math.log(2);
    }
}
