package io.alphakeep.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Whether one more request may go out now: a pure function of the key's state, its limits and the database's clock.
 * Second and minute are sliding windows over the reserved instants, kept a little longer than the provider's, because a
 * request takes its time on the way and two may arrive closer together than they were reserved.
 */
final class Allowance {

    private static final Duration MARGIN = Duration.ofMillis(250);
    static final Duration SECOND = Duration.ofSeconds(1).plus(MARGIN);
    static final Duration MINUTE = Duration.ofMinutes(1).plus(MARGIN);

    /** What was decided, and the state to keep: the same for whoever must wait, unless a day or a clock has turned. */
    sealed interface Decision {
        State state();
    }

    record Granted(State state) implements Decision {}

    /** Asking again at {@code until} is granted, unless others were faster. */
    record Wait(State state, Instant until, Reservation.Reason reason) implements Decision {}

    record DaySpent(State state, Instant until) implements Decision {}

    private Allowance() {}

    static Decision decide(State stored, Limits limits, Instant now) {
        State state = stored.at(now);
        Instant second = windowEnd(state.recent(), limits.perSecond(), SECOND, now);
        Instant minute = windowEnd(state.recent(), limits.perMinute(), MINUTE, now);
        Instant pause = state.pausedUntil() == null ? now : State.later(state.pausedUntil(), now);
        Instant day = dayEnd(state, limits, now);

        // Everything that stands in the way counts, or who waited for one window would meet the next.
        Instant wait = State.later(State.later(second, minute), pause);
        if (day.isAfter(now)) {
            return new DaySpent(state, State.later(day, wait));
        }
        if (!wait.isAfter(now)) {
            return new Granted(state.plus(now, limits));
        }
        if (wait.equals(pause)) {
            return new Wait(state, wait, Reservation.Reason.PAUSE);
        }
        return new Wait(state, wait, wait.equals(minute) ? Reservation.Reason.MINUTE : Reservation.Reason.SECOND);
    }

    /** How many of the window's requests are left; the window's limit must not be 0. */
    static int left(State state, int limit, Duration window, Instant now) {
        Instant start = now.minus(window);
        long used = state.recent().stream().filter(i -> i.isAfter(start)).count();
        return (int) Math.max(0, limit - used);
    }

    private static Instant windowEnd(List<Instant> recent, int limit, Duration window, Instant now) {
        if (limit == 0 || recent.size() < limit) {
            return now;
        }
        return State.later(now, recent.get(recent.size() - limit).plus(window));
    }

    private static Instant dayEnd(State state, Limits limits, Instant now) {
        Instant end = now;
        if (state.dayClosedUntil() != null) {
            end = State.later(end, state.dayClosedUntil());
        }
        if (limits.perDay() > 0 && state.utcUsed() >= limits.perDay()) {
            end = State.later(end, state.utcDayEnds());
        }
        if (limits.perDay() > 0 && state.easternUsed() >= limits.perDay()) {
            end = State.later(end, state.easternDayEnds());
        }
        return end;
    }
}
