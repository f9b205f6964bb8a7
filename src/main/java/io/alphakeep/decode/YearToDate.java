package io.alphakeep.decode;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tells the pseudo-year of {@code annualEarnings} from the years: its newest element is the year to date while the
 * fiscal year is not over (IBM 2026-03-31, TSLA 2021-03-31 with "0"; ALPHA VANTAGE quirk 8).
 */
final class YearToDate {

    /** Years of 52 and 53 weeks end some days apart, and so does February. A quarter is 90 days. */
    private static final int SAME_YEAR_END_DAYS = 15;
    /** A fiscal year end that was moved shows in the year before the last. */
    private static final int YEARS_COMPARED = 2;

    private static final int DAYS_OF_YEAR = 365;

    private YearToDate() {}

    /**
     * The same reports; the newest one has period {@code to_date} when the fiscal years before it end at another
     * time of the year.
     */
    static List<Report> mark(List<Report> annual) {
        List<Report> newestFirst = new ArrayList<>(annual);
        newestFirst.sort(Comparator.comparing(Report::asOf).reversed());
        LocalDate newest = annual.isEmpty() ? null : newestFirst.get(0).asOf();
        List<LocalDate> earlier = newestFirst.stream()
                .map(Report::asOf)
                .filter(date -> !date.equals(newest))
                .distinct()
                .limit(YEARS_COMPARED)
                .toList();
        if (earlier.isEmpty() || earlier.stream().anyMatch(date -> endsAlike(newest, date))) {
            return annual;
        }
        return annual.stream()
                .map(report -> report.asOf().equals(newest) ? report.as(Report.TO_DATE) : report)
                .toList();
    }

    private static boolean endsAlike(LocalDate one, LocalDate other) {
        int apart = Math.abs(one.getDayOfYear() - other.getDayOfYear());
        return Math.min(apart, DAYS_OF_YEAR - apart) <= SAME_YEAR_END_DAYS;
    }
}
