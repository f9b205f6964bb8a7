package io.alphakeep.scale;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** The trading days of some years, the last one before today: Monday to Friday, holidays too. */
public final class Sessions {

    private final LocalDate today;
    private final int monthCount;
    private final YearMonth firstMonth;
    private final List<LocalDate> days = new ArrayList<>();

    public Sessions(LocalDate today, int years) {
        this.today = today;
        monthCount = years * 12;
        firstMonth = YearMonth.from(today).minusMonths(monthCount - 1);
        for (LocalDate day = firstMonth.atDay(1); day.isBefore(today); day = day.plusDays(1)) {
            if (day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0) {
                days.add(day);
            }
        }
    }

    public LocalDate today() {
        return today;
    }

    public List<LocalDate> days() {
        return days;
    }

    /** The newest ones, ascending. */
    public List<LocalDate> newest(int count) {
        return days.subList(days.size() - count, days.size());
    }

    /** Oldest first; the last one is today's. */
    public List<YearMonth> months() {
        List<YearMonth> months = new ArrayList<>(monthCount);
        for (int i = 0; i < monthCount; i++) {
            months.add(firstMonth.plusMonths(i));
        }
        return months;
    }

    /** Years all of whose days are here. */
    public List<Integer> fullYears() {
        List<Integer> years = new ArrayList<>();
        for (int year = firstMonth.plusMonths(11).getYear(); year < today.getYear(); year++) {
            years.add(year);
        }
        return years;
    }

    public int daysOf(int year) {
        return (int) days.stream().filter(day -> day.getYear() == year).count();
    }

    /** Every {@code stride}th day of all, those of them that lie in the month. */
    List<LocalDate> of(YearMonth month, int stride) {
        List<LocalDate> chosen = new ArrayList<>();
        for (int i = 0; i < days.size(); i += stride) {
            if (YearMonth.from(days.get(i)).equals(month)) {
                chosen.add(days.get(i));
            }
        }
        return chosen;
    }
}
