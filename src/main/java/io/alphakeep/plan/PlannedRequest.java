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
 *     answered; there exactly when it is a month of a backfill, and not one in which a gap was found. Months of a backfill
 *     count only in the order of the plan
 * @param priority as on the watchlist, -100 to 100; part of the value already
 * @param value    what it is worth beside others, by {@link Worth}; at least 0, without a unit
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

    /** Whether it is a month of the past, for a backfill or a gap, else current data. */
    public boolean isBackfill() {
        return month.isPresent();
    }

    /** The same, with what its priority does told in the reason. */
    PlannedRequest explained() {
        if (priority == 0) {
            return this;
        }
        String counts = priority > 0 ? (1 + priority) + " times" : "1/" + (1 - priority);
        return new PlannedRequest(
                series,
                function,
                size,
                month,
                backfilled,
                priority,
                value,
                reason + "; priority " + priority + " counts " + counts);
    }

    /** Its value in words, as in {@code 3.8}. */
    public String worth() {
        return Words.worth(value);
    }
}
