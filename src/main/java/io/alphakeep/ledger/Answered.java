package io.alphakeep.ledger;

import io.alphakeep.market.Holes;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What an answer means for its series' watermark. The stored bounds only ever widen; the other parts are the new state.
 *
 * @param first           the oldest bar of this answer that is stored now; null when it held none
 * @param last            the newest bar of this answer that is stored now; null when it held none
 * @param attemptAt       when it was asked, the new {@code lastAttemptAt}
 * @param answerAt        the new {@code lastAnswerAt}; null for a month of a backfill, which says nothing about current data
 * @param refreshOwed     the stored history is stale: ask it in full next time
 * @param fullRefused     the full history was refused as premium
 * @param backfillFrom    the month that the backfill started from; null = none was
 * @param backfillThrough the last month that was asked; null = none was
 * @param holes           what is known of holes in the history
 */
public record Answered(
        Instant first,
        Instant last,
        Instant attemptAt,
        Instant answerAt,
        boolean refreshOwed,
        boolean fullRefused,
        LocalDate backfillFrom,
        LocalDate backfillThrough,
        Holes holes) {

    /** One after which nothing is known of holes. */
    public Answered(
            Instant first,
            Instant last,
            Instant attemptAt,
            Instant answerAt,
            boolean refreshOwed,
            boolean fullRefused,
            LocalDate backfillFrom,
            LocalDate backfillThrough) {
        this(first, last, attemptAt, answerAt, refreshOwed, fullRefused, backfillFrom, backfillThrough, Holes.UNKNOWN);
    }
}
