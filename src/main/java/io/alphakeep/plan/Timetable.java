package io.alphakeep.plan;

import io.alphakeep.catalog.Rhythm;
import io.alphakeep.market.TradingCalendar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * When a rhythm brings something new. A session is published when its extended hours are over; a week and a month with
 * their last session. Foreign listings follow the same timetable: their session of a date is over before New York's is,
 * and one on a holiday of New York comes with the next session.
 */
final class Timetable {

    /**
     * How long after its close a session counts as published: extended hours, which intraday bars include, last four
     * hours, to 20:00 and on short days to 17:00, and a quarter of an hour is what the last bars need.
     */
    private static final Duration AFTER_CLOSE = Duration.ofMinutes(4 * 60 + 15);

    /** The same moment of a date that is no session in New York. */
    private static final LocalTime ORDINARY = LocalTime.of(20, 15);

    private static final Duration SEVEN_DAYS = Duration.ofDays(7);

    private Timetable() {}

    /** When the session of a date is published. */
    static Instant publication(LocalDate session) {
        return TradingCalendar.isSession(session)
                ? TradingCalendar.closeTime(session).plus(AFTER_CLOSE)
                : session.atTime(ORDINARY).atZone(TradingCalendar.ZONE).toInstant();
    }

    /** The date of the last session, or last session of a week or month, that was published at or before a moment. */
    static LocalDate lastPublished(Rhythm rhythm, Instant at) {
        LocalDate today = date(at);
        return switch (rhythm) {
            case SESSION ->
                published(TradingCalendar.lastSessionOnOrBefore(today), at)
                        ? TradingCalendar.lastSessionOnOrBefore(today)
                        : TradingCalendar.previousSession(today);
            case WEEK ->
                published(TradingCalendar.lastSessionOfWeek(today), at)
                        ? TradingCalendar.lastSessionOfWeek(today)
                        : TradingCalendar.lastSessionOfWeek(today.minusWeeks(1));
            case MONTH ->
                published(TradingCalendar.lastSessionOfMonth(today), at)
                        ? TradingCalendar.lastSessionOfMonth(today)
                        : TradingCalendar.lastSessionOfMonth(today.minusMonths(1));
            case SEVEN_DAYS -> today;
        };
    }

    /** The first publication strictly after a moment; seven days later where there is no calendar. */
    static Instant next(Rhythm rhythm, Instant after) {
        LocalDate last = lastPublished(rhythm, after);
        return switch (rhythm) {
            case SESSION -> publication(TradingCalendar.nextSession(last));
            case WEEK -> publication(TradingCalendar.lastSessionOfWeek(last.plusWeeks(1)));
            case MONTH -> publication(TradingCalendar.lastSessionOfMonth(last.plusMonths(1)));
            case SEVEN_DAYS -> after.plus(SEVEN_DAYS);
        };
    }

    /** How many periods of a rhythm (sessions, weeks, months, …) lie after one date up to another; at least 0. */
    static long periods(Rhythm rhythm, LocalDate after, LocalDate through) {
        long periods = switch (rhythm) {
            case SESSION -> TradingCalendar.sessionsBetween(after, through.plusDays(1));
            case WEEK -> ChronoUnit.WEEKS.between(monday(after), monday(through));
            case MONTH -> ChronoUnit.MONTHS.between(YearMonth.from(after), YearMonth.from(through));
            case SEVEN_DAYS -> ChronoUnit.DAYS.between(after, through) / SEVEN_DAYS.toDays();
        };
        return Math.max(0, periods);
    }

    /** How many sessions were published from the date of a moment on until now; at least 0. */
    static long sessionsSince(Instant moment, Instant now) {
        return periods(Rhythm.SESSION, date(moment).minusDays(1), lastPublished(Rhythm.SESSION, now));
    }

    /** The date in New York. */
    static LocalDate date(Instant at) {
        return at.atZone(TradingCalendar.ZONE).toLocalDate();
    }

    private static boolean published(LocalDate session, Instant at) {
        return !publication(session).isAfter(at);
    }

    private static LocalDate monday(LocalDate date) {
        return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
