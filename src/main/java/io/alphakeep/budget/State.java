package io.alphakeep.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A key's line of {@code alpha_budget}.
 *
 * @param recent         reserved instants, oldest first; at most {@link Limits#instantsNeeded}
 * @param utcUsed        requests reserved on {@code utcDay}
 * @param easternUsed    requests reserved on {@code easternDay}
 * @param pausedUntil    nobody asks before; null = no pause
 * @param dayClosedUntil the provider said that the day is spent; null = it did not
 */
record State(
        List<Instant> recent,
        LocalDate utcDay,
        int utcUsed,
        LocalDate easternDay,
        int easternUsed,
        Instant pausedUntil,
        Instant dayClosedUntil) {

    /** The provider does not say in which zone it counts its day, and reports disagree between these two. */
    static final ZoneId UTC = ZoneOffset.UTC;

    static final ZoneId EASTERN = ZoneId.of("America/New_York");

    /** The longest pause; whatever is longer is a spent day. */
    static final Duration MAX_PAUSE = Duration.ofHours(1);

    State {
        recent = List.copyOf(recent);
    }

    static State fresh(Instant now) {
        return new State(List.of(), LocalDate.ofInstant(now, UTC), 0, LocalDate.ofInstant(now, EASTERN), 0, null, null);
    }

    /**
     * The same as it counts at {@code now}: days that are over are forgotten. A database's clock that was set back leaves
     * instants of the future; they count as of now, so that the key is neither overspent nor blocked for long.
     */
    State at(Instant now) {
        LocalDate utcToday = LocalDate.ofInstant(now, UTC);
        LocalDate easternToday = LocalDate.ofInstant(now, EASTERN);
        boolean sameUtc = counts(utcDay, utcToday);
        boolean sameEastern = counts(easternDay, easternToday);
        return new State(
                recent.stream().map(i -> earlier(i, now)).toList(),
                sameUtc ? utcDay : utcToday,
                sameUtc ? utcUsed : 0,
                sameEastern ? easternDay : easternToday,
                sameEastern ? easternUsed : 0,
                pausedUntil == null ? null : earlier(pausedUntil, now.plus(MAX_PAUSE)),
                dayClosedUntil == null ? null : earlier(dayClosedUntil, laterMidnight(now)));
    }

    /** One more request, reserved at {@code now}. */
    State plus(Instant now, Limits limits) {
        List<Instant> kept = new ArrayList<>(recent);
        kept.removeIf(i -> !i.isAfter(now.minus(Allowance.MINUTE)));
        kept.add(now);
        int surplus = Math.max(0, kept.size() - limits.instantsNeeded());
        return new State(
                kept.subList(surplus, kept.size()),
                utcDay,
                utcUsed + 1,
                easternDay,
                easternUsed + 1,
                pausedUntil,
                dayClosedUntil);
    }

    /** A pause never ends earlier than the ones before it. */
    State paused(Instant until) {
        Instant end = pausedUntil == null ? until : later(pausedUntil, until);
        return new State(recent, utcDay, utcUsed, easternDay, easternUsed, end, dayClosedUntil);
    }

    State dayClosed(Instant now) {
        return new State(recent, utcDay, utcUsed, easternDay, easternUsed, pausedUntil, laterMidnight(now));
    }

    Instant utcDayEnds() {
        return utcDay.plusDays(1).atStartOfDay(UTC).toInstant();
    }

    Instant easternDayEnds() {
        return easternDay.plusDays(1).atStartOfDay(EASTERN).toInstant();
    }

    /** The later of the next two midnights: by then the day is over whichever zone the provider counts in. */
    static Instant laterMidnight(Instant now) {
        State today = fresh(now);
        return later(today.utcDayEnds(), today.easternDayEnds());
    }

    /** A day ahead by one is a clock set back across midnight and still counts; further ahead it was a wrong clock. */
    private static boolean counts(LocalDate stored, LocalDate today) {
        return !stored.isBefore(today) && !stored.isAfter(today.plusDays(1));
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
