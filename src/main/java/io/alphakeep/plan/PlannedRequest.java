package io.alphakeep.plan;

import io.alphakeep.catalog.Function;
import io.alphakeep.market.Series;
import java.time.YearMonth;
import java.util.Optional;

/**
 * One request that is worth its cost.
 *
 * <p>Current data and a month of a backfill move different parts of the watermark. The answer to current data (no
 * {@code month}) moves {@code lastAnswerAt}, and a {@link Size#FULL} or {@link Size#NONE} one settles {@code
 * refreshOwed}. The answer to a month moves only the backfill: if it moved {@code lastAnswerAt}, current data that
 * failed in the same run would pass for up to date. A month without data is answered with the text of an unknown
 * symbol; it counts as asked and never parks the series.
 *
 * @param series   what
 * @param function its line of the catalogue
 * @param size     how much
 * @param month    the month to ask for; empty for current data
 * @param backfilled what the watermark's {@code backfillFrom} and {@code backfillThrough} are once the month is
 *     answered; there exactly when {@code month} is. Months of one series count only in the order of the plan
 * @param priority as on the watchlist, -100 to 100; higher is asked first
 * @param value    what it is worth beside others of its priority, by {@link Worth}; at least 0, without a unit
 * @param reason   one line for people: why it is asked
 */
public record PlannedRequest(
        Series series,
        Function function,
        Size size,
        Optional<YearMonth> month,
        Optional<MonthSpan> backfilled,
        int priority,
        double value,
        String reason) {

    /** Whether it is a month of a backfill, else current data. */
    public boolean isBackfill() {
        return month.isPresent();
    }
}
