package io.alphakeep.market;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The sessions of the United States' exchanges, computed from the rules of the NYSE and from the unplanned closures since
 * 1999. Pure and fast: a count over 25 years costs two binary searches.
 *
 * <p>Dates are those of New York. Holidays are known for the years 1970 to 2199, by the rules that held since 1999;
 * outside of them every weekday counts as a session. A closure that nobody could foresee becomes known with a release.
 */
public final class TradingCalendar {

    /** The zone in which sessions have their dates and hours. */
    public static final ZoneId ZONE = ZoneId.of("America/New_York");

    private static final LocalTime CLOSE = LocalTime.of(16, 0);
    private static final LocalTime EARLY_CLOSE = LocalTime.of(13, 0);

    /** Closed weekdays as epoch days, ascending. */
    private static final long[] HOLIDAYS = IntStream.range(1970, 2200)
            .boxed()
            .flatMap(year -> ExchangeHolidays.of(year).stream())
            .mapToLong(LocalDate::toEpochDay)
            .toArray();

    private TradingCalendar() {}

    public static boolean isSession(LocalDate date) {
        return date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0
                && Arrays.binarySearch(HOLIDAYS, date.toEpochDay()) < 0;
    }

    /** The last session strictly before a date. */
    public static LocalDate previousSession(LocalDate date) {
        return lastSessionOnOrBefore(date.minusDays(1));
    }

    /** The first session strictly after a date. */
    public static LocalDate nextSession(LocalDate date) {
        LocalDate day = date.plusDays(1);
        while (!isSession(day)) {
            day = day.plusDays(1);
        }
        return day;
    }

    public static LocalDate lastSessionOnOrBefore(LocalDate date) {
        LocalDate day = date;
        while (!isSession(day)) {
            day = day.minusDays(1);
        }
        return day;
    }

    /** How many sessions lie strictly between two dates; 0 when the second is not after the first. */
    public static int sessionsBetween(LocalDate after, LocalDate before) {
        long from = after.toEpochDay() + 1;
        long to = before.toEpochDay();
        return from >= to ? 0 : Math.toIntExact(weekdaysBefore(to) - weekdaysBefore(from) - holidays(from, to));
    }

    /**
     * When the regular hours of a session end: 16:00 in New York, 13:00 on its short days.
     *
     * @throws IllegalArgumentException when the date is not a session
     */
    public static Instant closeTime(LocalDate session) {
        if (!isSession(session)) {
            throw new IllegalArgumentException(session + " is not a session of the United States' exchanges");
        }
        LocalTime time = ExchangeHolidays.closesEarly(session) ? EARLY_CLOSE : CLOSE;
        return session.atTime(time).atZone(ZONE).toInstant();
    }

    /** The last session of the week (Monday to Sunday) that holds a date: Friday, or Thursday before a Friday holiday. */
    public static LocalDate lastSessionOfWeek(LocalDate date) {
        return lastSessionOnOrBefore(date.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY)));
    }

    /** The last session of the month that holds a date. */
    public static LocalDate lastSessionOfMonth(LocalDate date) {
        return lastSessionOnOrBefore(date.with(TemporalAdjusters.lastDayOfMonth()));
    }

    private static int holidays(long from, long to) {
        return firstAtOrAfter(to) - firstAtOrAfter(from);
    }

    private static int firstAtOrAfter(long epochDay) {
        int found = Arrays.binarySearch(HOLIDAYS, epochDay);
        return found >= 0 ? found : -found - 1;
    }

    /** Weekdays since a Monday long ago; only differences of it mean anything. */
    private static long weekdaysBefore(long epochDay) {
        // 1970-01-01, epoch day 0, was a Thursday.
        long sinceMonday = epochDay + 3;
        return Math.floorDiv(sinceMonday, 7L) * 5 + Math.min(Math.floorMod(sinceMonday, 7L), 5);
    }
}
