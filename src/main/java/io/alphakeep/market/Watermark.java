package io.alphakeep.market;

import java.time.Instant;
import java.time.LocalDate;

/**
 * How far a series is kept, as stored beside its rows in the same transaction.
 *
 * @param series          whose
 * @param firstTimestamp  oldest stored bar; null when none
 * @param lastTimestamp   newest stored bar; null when none
 * @param lastAnswerAt    when the API last gave data or said there is none; null = never
 * @param lastAttemptAt   when it was last asked; null = never
 * @param failuresInARow  attempts since the last answer
 * @param parkedReason    why it is no longer asked; null = it is asked
 * @param refreshOwed     the stored history is known to be stale (a dividend, a split, rows that found no partition)
 * @param fullRefused     the full history was refused as premium: ask the compact one
 * @param backfillFrom    intraday: the month that the backfill by {@code month=} started from; null = none was
 * @param backfillThrough intraday: the last month, in calendar order, that was asked; null = none was
 * @param holes           what is known of holes in its history
 */
public record Watermark(
        Series series,
        Instant firstTimestamp,
        Instant lastTimestamp,
        Instant lastAnswerAt,
        Instant lastAttemptAt,
        int failuresInARow,
        String parkedReason,
        boolean refreshOwed,
        boolean fullRefused,
        LocalDate backfillFrom,
        LocalDate backfillThrough,
        Holes holes) {

    /** One of whose holes nothing is known. */
    public Watermark(
            Series series,
            Instant firstTimestamp,
            Instant lastTimestamp,
            Instant lastAnswerAt,
            Instant lastAttemptAt,
            int failuresInARow,
            String parkedReason,
            boolean refreshOwed,
            boolean fullRefused,
            LocalDate backfillFrom,
            LocalDate backfillThrough) {
        this(
                series,
                firstTimestamp,
                lastTimestamp,
                lastAnswerAt,
                lastAttemptAt,
                failuresInARow,
                parkedReason,
                refreshOwed,
                fullRefused,
                backfillFrom,
                backfillThrough,
                Holes.UNKNOWN);
    }

    /** The watermark of a series that was never asked. */
    public static Watermark none(Series series) {
        return new Watermark(series, null, null, null, null, 0, null, false, false, null, null);
    }
}
