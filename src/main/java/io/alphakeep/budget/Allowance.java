package io.alphakeep.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Whether requests may go out now: a pure function of the key's state, its limits and the database's clock. Second and
 * minute are sliding windows over the reserved instants, longer than the provider's by what may pass between a permit's
 * reservation and its arrival.
 */
final class Allowance {

    /** A request is not sent on an older permit. */
    static final Duration VALID = Duration.ofMillis(200);

    /** What the way to the provider may take more for one request than for another. */
    static final Duration WAY = Duration.ofMillis(50);

    static final Duration MARGIN = VALID.plus(WAY);

    /** From a reservation's first statement, which decides of what day it is, until the request has arrived. */
    static final Duration BEFORE_DAYS_END = Duration.ofSeconds(2);

    static final Duration SECOND = Duration.ofSeconds(1).plus(MARGIN);
    static final Duration MINUTE = Duration.ofMinutes(1).plus(MARGIN);

    /** What was decided, and the state to keep: the same for whoever must wait, unless a day or a clock has turned. */
    sealed interface Decision {
        State state();
    }

    /** @param permits 1 or more, not more than were wanted */
    record Granted(State state, int permits) implements Decision {}

    /** Asking again at {@code until} is granted, unless others were faster. */
    record Wait(State state, Instant until, Reservation.Reason reason) implements Decision {}

    record DaySpent(State state, Instant until) implements Decision {}

    private Allowance() {}

    /**
     * @param wanted how many at most; what the windows and days do not hold is left out
     * @param unsent when permits were reserved that are given back
     */
    static Decision decide(State stored, Limits limits, int wanted, List<Instant> unsent, Instant now) {
        State state = stored.at(now, limits.day()).without(unsent);
        Instant second = windowEnd(state.recent(), limits.perSecond(), SECOND, now);
        Instant minute = windowEnd(state.recent(), limits.perMinute(), MINUTE, now);
        Instant pause = state.pausedUntil() == null ? now : State.later(state.pausedUntil(), now);
        Instant day = dayEnd(state, limits, now);

        // Everything that stands in the way counts, or who waited for one window would meet the next.
        Instant windows = State.later(State.later(second, minute), pause);
        if (day.isAfter(now)) {
            return new DaySpent(state, clearOfDaysEnd(State.later(day, windows), limits));
        }
        Instant wait = clearOfDaysEnd(windows, limits);
        if (!wait.isAfter(now)) {
            int room = Math.min(left(state, limits, now), wanted);
            return new Granted(state.plus(room, now, limits), room);
        }
        if (windows.equals(pause) && pause.isAfter(now)) {
            return new Wait(state, wait, Reservation.Reason.PAUSE);
        }
        boolean isMinute = windows.equals(minute) && minute.isAfter(now);
        return new Wait(state, wait, isMinute ? Reservation.Reason.MINUTE : Reservation.Reason.SECOND);
    }

    /** How many of the window's requests are left; the window's limit must not be 0. */
    static int left(State state, int limit, Duration window, Instant now) {
        return Math.max(0, limit - Block.since(state.recent(), now.minus(window)));
    }

    private static int left(State state, Limits limits, Instant now) {
        int left = Integer.MAX_VALUE;
        if (limits.perSecond() > 0) {
            left = Math.min(left, left(state, limits.perSecond(), SECOND, now));
        }
        if (limits.perMinute() > 0) {
            left = Math.min(left, left(state, limits.perMinute(), MINUTE, now));
        }
        if (limits.perDay() > 0) {
            left = Math.min(left, limits.perDay() - state.fullest(limits.day()).used());
        }
        return left;
    }

    /** A request reserved just before a day's end arrives on one of the two days, nobody knows on which. */
    private static Instant clearOfDaysEnd(Instant instant, Limits limits) {
        return limits.perDay() == 0 ? instant : limits.day().clearOfEnd(instant, BEFORE_DAYS_END);
    }

    private static Instant windowEnd(List<Block> recent, int limit, Duration window, Instant now) {
        if (limit == 0) {
            return now;
        }
        int count = 0;
        for (int i = recent.size() - 1; i >= 0; i--) {
            count += recent.get(i).count();
            if (count >= limit) {
                return State.later(now, recent.get(i).at().plus(window));
            }
        }
        return now;
    }

    private static Instant dayEnd(State state, Limits limits, Instant now) {
        Instant end = state.dayClosedUntil() == null ? now : State.later(now, state.dayClosedUntil());
        if (limits.perDay() == 0) {
            return end;
        }
        for (DayCount count : state.days(limits.day())) {
            if (count.used() >= limits.perDay()) {
                end = State.later(end, count.ends());
            }
        }
        return end;
    }
}
