package io.alphakeep.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A key's line of {@code alpha_budget}. UTC and US Eastern are counted always, so that the setting can change.
 *
 * @param recent         reserved requests, oldest first; of a second or a minute, as the limits need them
 * @param utc            requests of the day in UTC
 * @param eastern        requests of the day in US Eastern
 * @param custom         requests of the day of another boundary; null = there was never one
 * @param pausedUntil    nobody asks before; null = no pause
 * @param dayClosedUntil the provider said that the day is spent; null = it did not
 */
record State(
        List<Block> recent,
        DayCount utc,
        DayCount eastern,
        DayCount custom,
        Instant pausedUntil,
        Instant dayClosedUntil) {

    /** The longest pause; whatever is longer is a spent day. */
    static final Duration MAX_PAUSE = Duration.ofHours(1);

    State {
        recent = List.copyOf(recent);
    }

    static State fresh(Instant now) {
        return new State(
                List.of(), DayCount.fresh(Boundary.UTC, now), DayCount.fresh(Boundary.EASTERN, now), null, null, null);
    }

    /**
     * The same as it counts at {@code now}: days that are over are forgotten. A database's clock that was set back leaves
     * instants of the future; they count as of now, so that the key is neither overspent nor blocked for long.
     */
    State at(Instant now, AllowanceDay day) {
        return new State(
                        recent.stream()
                                .map(b -> new Block(earlier(b.at(), now), b.count()))
                                .toList(),
                        utc.at(now),
                        eastern.at(now),
                        custom == null ? null : custom.at(now),
                        pausedUntil == null ? null : earlier(pausedUntil, now.plus(MAX_PAUSE)),
                        dayClosedUntil == null ? null : earlier(dayClosedUntil, day.endOf(now)))
                .counting(day, now);
    }

    /** A boundary that was not counted so far begins with as many as are known to be possible. */
    private State counting(AllowanceDay day, Instant now) {
        Boundary wanted = day.custom().orElse(null);
        if (wanted == null || (custom != null && custom.boundary().equals(wanted))) {
            return this;
        }
        DayCount begun = DayCount.fresh(wanted, now);
        int used = counts().filter(c -> !c.starts().isAfter(begun.starts()))
                .mapToInt(DayCount::used)
                .min()
                .orElse(counts().mapToInt(DayCount::used).max().orElse(0));
        return new State(recent, utc, eastern, begun.plus(used), pausedUntil, dayClosedUntil);
    }

    private Stream<DayCount> counts() {
        return Stream.of(utc, eastern, custom).filter(c -> c != null);
    }

    /** The days that the limit holds for; of a state as it counts now. */
    List<DayCount> days(AllowanceDay day) {
        return counts().filter(c -> day.boundaries().contains(c.boundary())).toList();
    }

    /** The day of which most is used, the later ending one of equals. */
    DayCount fullest(AllowanceDay day) {
        return days(day).stream()
                .max(Comparator.comparingInt(DayCount::used).thenComparing(DayCount::ends))
                .orElseThrow();
    }

    /** More requests, reserved at {@code now}. */
    State plus(int requests, Instant now, Limits limits) {
        State counted = new State(
                recent,
                utc.plus(requests),
                eastern.plus(requests),
                custom == null ? null : custom.plus(requests),
                pausedUntil,
                dayClosedUntil);
        return counted.inWindows(requests, now, limits);
    }

    /** The same, in the windows alone. */
    State inWindows(int requests, Instant now, Limits limits) {
        List<Block> kept = new ArrayList<>(recent);
        kept.add(new Block(now, requests));
        Duration longest =
                limits.perMinute() > 0 ? Allowance.MINUTE : limits.perSecond() > 0 ? Allowance.SECOND : Duration.ZERO;
        return new State(
                Block.compact(kept, now.minus(longest), now.minus(Allowance.SECOND)),
                utc,
                eastern,
                custom,
                pausedUntil,
                dayClosedUntil);
    }

    /**
     * A request that was reserved earlier has arrived some time since, no later than now: its place in the windows moves here,
     * and a day that began in between counts it, too.
     */
    State arrived(Instant permitted, Instant now, Limits limits) {
        State counted = new State(
                Block.less(recent, permitted),
                utc.plusIfBegunAfter(permitted),
                eastern.plusIfBegunAfter(permitted),
                custom == null ? null : custom.plusIfBegunAfter(permitted),
                pausedUntil,
                dayClosedUntil);
        return counted.inWindows(1, now, limits);
    }

    /**
     * Requests that were never sent go back to their days. In the windows they stay: nobody can tell any more that one was
     * not on its way.
     */
    State without(List<Instant> unsent) {
        State state = this;
        for (Instant at : unsent) {
            state = new State(
                    state.recent,
                    state.utc.without(at),
                    state.eastern.without(at),
                    state.custom == null ? null : state.custom.without(at),
                    pausedUntil,
                    dayClosedUntil);
        }
        return state;
    }

    /** A pause never ends earlier than the ones before it. */
    State paused(Instant until) {
        Instant end = pausedUntil == null ? until : later(pausedUntil, until);
        return new State(recent, utc, eastern, custom, end, dayClosedUntil);
    }

    State dayClosed(Instant until) {
        return new State(recent, utc, eastern, custom, pausedUntil, until);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
