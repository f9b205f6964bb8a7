package io.alphakeep.market;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A line of the watchlist: what is to be kept up to date.
 *
 * @param series   what
 * @param from     the oldest date wanted; empty = all there is (intraday: the trailing 30 days)
 * @param priority higher is asked first when the allowance is short; 0 is ordinary, bounds -100 to 100
 * @param every    ask again this long after the last answer instead of by the function's rhythm
 */
public record WatchEntry(Series series, Optional<LocalDate> from, int priority, Optional<Duration> every) {}
