package io.alphakeep.market;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A line of the watchlist: what is to be kept up to date.
 *
 * @param series   what
 * @param from     the oldest date wanted; empty = all there is (intraday: the trailing 30 days)
 * @param priority how much it counts when the allowance is short: 4 five times as much as 0, which is ordinary, -4 a fifth;
 *     bounds -100 to 100
 * @param every    ask again this long after the last answer instead of by the function's rhythm
 * @param addedAt  when it came on the list; empty where that is not known
 */
public record WatchEntry(
        Series series, Optional<LocalDate> from, int priority, Optional<Duration> every, Optional<Instant> addedAt) {

    /** One that is not on the list, or not yet. */
    public WatchEntry(Series series, Optional<LocalDate> from, int priority, Optional<Duration> every) {
        this(series, from, priority, every, Optional.empty());
    }
}
