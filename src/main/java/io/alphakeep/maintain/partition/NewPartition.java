package io.alphakeep.maintain.partition;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * A partition to be made.
 *
 * @param width    of a month or of a year
 * @param firstDay its first day, UTC
 */
record NewPartition(Width width, LocalDate firstDay) {

    enum Width {
        MONTH,
        YEAR
    }

    static NewPartition month(YearMonth month) {
        return new NewPartition(Width.MONTH, month.atDay(1));
    }

    static NewPartition year(int year) {
        return new NewPartition(Width.YEAR, LocalDate.of(year, 1, 1));
    }

    Bound bound() {
        LocalDate next = width == Width.MONTH ? firstDay.plusMonths(1) : firstDay.plusYears(1);
        return new Bound(
                firstDay.atStartOfDay(ZoneOffset.UTC).toInstant(),
                next.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /** As the plan names them: {@code alpha_market_data_2024_11}, {@code alpha_market_data_2019}. */
    String name(String table) {
        return width == Width.MONTH
                ? "%s_%04d_%02d".formatted(table, firstDay.getYear(), firstDay.getMonthValue())
                : "%s_%04d".formatted(table, firstDay.getYear());
    }
}
