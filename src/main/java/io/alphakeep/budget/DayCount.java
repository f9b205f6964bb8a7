package io.alphakeep.budget;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Requests reserved on one counted day.
 *
 * @param boundary where the day begins
 * @param day      the date on which it began
 * @param used     0 or more
 */
record DayCount(Boundary boundary, LocalDate day, int used) {

    static DayCount fresh(Boundary boundary, Instant now) {
        return new DayCount(boundary, boundary.dayOf(now), 0);
    }

    /** A day ahead by one is a clock set back across its end and still counts; further ahead it was a wrong clock. */
    DayCount at(Instant now) {
        LocalDate today = boundary.dayOf(now);
        boolean counts = !day.isBefore(today) && !day.isAfter(today.plusDays(1));
        return counts ? this : new DayCount(boundary, today, 0);
    }

    DayCount plus(int requests) {
        return new DayCount(boundary, day, used + requests);
    }

    /** A request that was reserved before this day may have arrived on it. */
    DayCount plusIfBegunAfter(Instant permitted) {
        return starts().isAfter(permitted) ? plus(1) : this;
    }

    /** A request reserved at {@code at} was never sent. */
    DayCount without(Instant at) {
        return boundary.dayOf(at).equals(day) ? new DayCount(boundary, day, Math.max(0, used - 1)) : this;
    }

    Instant starts() {
        return boundary.startOf(day);
    }

    Instant ends() {
        return boundary.endOf(day);
    }
}
