package io.alphakeep.plan;

import java.time.YearMonth;

/**
 * Months without a hole, both ends included: how far the backfill of an intraday series has come.
 *
 * @param from    what becomes of {@code backfillFrom} in the watermark, as the first day of the month
 * @param through what becomes of {@code backfillThrough}, likewise
 */
public record MonthSpan(YearMonth from, YearMonth through) {

    boolean contains(YearMonth month) {
        return !month.isBefore(from) && !month.isAfter(through);
    }

    /** Whether it holds a month or ends right before it, so that the month can be added without a hole. */
    boolean reaches(YearMonth month) {
        return !month.isBefore(from) && !month.isAfter(through.plusMonths(1));
    }

    MonthSpan with(YearMonth month) {
        return contains(month) ? this : new MonthSpan(from, month);
    }
}
