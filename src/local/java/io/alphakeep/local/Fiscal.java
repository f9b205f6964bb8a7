package io.alphakeep.local;

import io.alphakeep.market.TradingCalendar;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** A company's reported quarters, newest first, as known on the newest session; at most as many as the API shows. */
record Fiscal(Listing listing, List<Quarter> quarters) {

    static final int QUARTERS_SHOWN = 81;
    static final int YEARS_SHOWN = 20;

    static Fiscal of(History history) {
        Listing listing = history.listing();
        LocalDate today = history.newest().date();
        List<Quarter> quarters = new ArrayList<>();
        // Fiscal years end with a calendar quarter here, so that all companies' quarters end alike.
        YearMonth month = YearMonth.from(today);
        while (month.getMonthValue() % 3 != 0) {
            month = month.minusMonths(1);
        }
        for (;
                quarters.size() < QUARTERS_SHOWN && !month.atDay(1).isBefore(listing.listed());
                month = month.minusMonths(3)) {
            LocalDate end = month.atEndOfMonth();
            LocalDate reported = reported(listing, end);
            if (!reported.isAfter(today)) {
                quarters.add(Quarter.of(listing, end, reported));
            }
        }
        return new Fiscal(listing, List.copyOf(quarters));
    }

    /** Whether a quarter is the last of its fiscal year. */
    boolean endsYear(Quarter quarter) {
        return quarter.end().getMonthValue() == listing.yearEndMonth();
    }

    /** The places of the quarters that end a year of which all four are known. */
    List<Integer> yearEnds() {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i + 4 <= quarters.size() && ends.size() < YEARS_SHOWN; i++) {
            if (endsYear(quarters.get(i))) {
                ends.add(i);
            }
        }
        return ends;
    }

    /** The sum of a flow over the four quarters from the i-th back; 0 when it is not known. */
    long yearly(String key, int i) {
        return quarters.subList(i, Math.min(i + 4, quarters.size())).stream()
                .mapToLong(quarter -> quarter.flows().getOrDefault(key, 0L))
                .sum();
    }

    private static LocalDate reported(Listing listing, LocalDate end) {
        long days = 18 + (long) Noise.between(0, 20, listing.seed(), end.toEpochDay(), 90);
        return TradingCalendar.nextSession(end.plusDays(days));
    }
}
