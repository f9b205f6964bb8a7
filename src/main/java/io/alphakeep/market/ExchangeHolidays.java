package io.alphakeep.market;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.temporal.TemporalAdjusters.dayOfWeekInMonth;
import static java.time.temporal.TemporalAdjusters.lastInMonth;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The weekdays on which the New York exchanges do not open, by NYSE Rule 7.2 and by the closures that nobody planned. */
final class ExchangeHolidays {

    /** September 11, Reagan, Ford, Hurricane Sandy, Bush, Carter. */
    private static final List<LocalDate> ONE_OFF = List.of(
            LocalDate.of(2001, 9, 11),
            LocalDate.of(2001, 9, 12),
            LocalDate.of(2001, 9, 13),
            LocalDate.of(2001, 9, 14),
            LocalDate.of(2004, 6, 11),
            LocalDate.of(2007, 1, 2),
            LocalDate.of(2012, 10, 29),
            LocalDate.of(2012, 10, 30),
            LocalDate.of(2018, 12, 5),
            LocalDate.of(2025, 1, 9));

    private ExchangeHolidays() {}

    /** All closed weekdays of a year, in order. */
    static SortedSet<LocalDate> of(int year) {
        SortedSet<LocalDate> days = new TreeSet<>();
        LocalDate newYear = LocalDate.of(year, 1, 1);
        // A Saturday New Year is not moved to December 31, which closes the books of the year.
        if (newYear.getDayOfWeek() != SATURDAY) {
            days.add(observed(newYear));
        }
        if (year >= 1998) {
            days.add(nth(year, Month.JANUARY, 3, MONDAY));
        }
        days.add(nth(year, Month.FEBRUARY, 3, MONDAY));
        days.add(easterSunday(year).minusDays(2));
        days.add(LocalDate.of(year, 5, 1).with(lastInMonth(MONDAY)));
        if (year >= 2022) {
            days.add(observed(LocalDate.of(year, 6, 19)));
        }
        days.add(observed(LocalDate.of(year, 7, 4)));
        days.add(nth(year, Month.SEPTEMBER, 1, MONDAY));
        days.add(thanksgiving(year));
        days.add(observed(LocalDate.of(year, 12, 25)));
        ONE_OFF.stream().filter(day -> day.getYear() == year).forEach(days::add);
        return days;
    }

    /** Whether a session ends at 13:00: the day after Thanksgiving, Christmas Eve, and the eve of Independence Day. */
    static boolean closesEarly(LocalDate session) {
        int year = session.getYear();
        return switch (session.getMonth()) {
            case NOVEMBER -> session.equals(thanksgiving(year).plusDays(1));
            case DECEMBER -> session.getDayOfMonth() == 24;
            case JULY -> {
                // Until 2012 a Thursday Fourth shortened the Friday after it instead of the Wednesday before.
                boolean thursdayFourth = LocalDate.of(year, 7, 4).getDayOfWeek() == THURSDAY;
                yield session.getDayOfMonth() == (thursdayFourth && year < 2013 ? 5 : 3);
            }
            default -> false;
        };
    }

    private static LocalDate thanksgiving(int year) {
        return nth(year, Month.NOVEMBER, 4, THURSDAY);
    }

    private static LocalDate nth(int year, Month month, int ordinal, DayOfWeek day) {
        return LocalDate.of(year, month, 1).with(dayOfWeekInMonth(ordinal, day));
    }

    private static LocalDate observed(LocalDate day) {
        if (day.getDayOfWeek() == SATURDAY) {
            return day.with(FRIDAY);
        }
        return day.getDayOfWeek() == SUNDAY ? day.plusDays(1) : day;
    }

    /** The Gregorian computus of Meeus, Jones and Butcher. */
    private static LocalDate easterSunday(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int n = h + l - 7 * m + 114;
        return LocalDate.of(year, n / 31, n % 31 + 1);
    }
}
