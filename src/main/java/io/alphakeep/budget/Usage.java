package io.alphakeep.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a key's allowance stands.
 *
 * @param usedToday      requests reserved today; where two days are counted, of the one with more
 * @param perDay         the day's limit; 0 = none
 * @param secondLeft     requests left in this second; empty = no limit
 * @param minuteLeft     requests left in this minute; empty = no limit
 * @param dayLeft        requests left today; 0 when the provider closed the day; empty = no limit
 * @param pausedUntil    when a pause after a throttle answer ends; empty = none
 * @param dayEnds        when the day that {@code usedToday} tells of ends, or the closed one
 * @param dayClosedUntil when the day that the provider called spent ends; empty = it did not
 */
public record Usage(
        int usedToday,
        int perDay,
        OptionalInt secondLeft,
        OptionalInt minuteLeft,
        OptionalInt dayLeft,
        Instant dayEnds,
        Optional<Instant> pausedUntil,
        Optional<Instant> dayClosedUntil) {

    static Usage of(State stored, Limits limits, Instant now) {
        State state = stored.at(now, limits.day());
        DayCount fullest = state.fullest(limits.day());
        int used = fullest.used();
        Optional<Instant> closed = Optional.ofNullable(state.dayClosedUntil()).filter(i -> i.isAfter(now));
        OptionalInt day =
                limits.perDay() == 0 ? OptionalInt.empty() : OptionalInt.of(Math.max(0, limits.perDay() - used));
        return new Usage(
                used,
                limits.perDay(),
                windowLeft(state, limits.perSecond(), Allowance.SECOND, now),
                windowLeft(state, limits.perMinute(), Allowance.MINUTE, now),
                closed.isPresent() ? OptionalInt.of(0) : day,
                closed.orElse(fullest.ends()),
                Optional.ofNullable(state.pausedUntil()).filter(i -> i.isAfter(now)),
                closed);
    }

    private static OptionalInt windowLeft(State state, int limit, Duration window, Instant now) {
        return limit == 0 ? OptionalInt.empty() : OptionalInt.of(Allowance.left(state, limit, window, now));
    }
}
