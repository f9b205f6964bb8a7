package io.alphakeep.write;

import io.alphakeep.market.Bar;
import io.alphakeep.market.Series;
import io.alphakeep.market.TradingCalendar;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * The column {@code quality_flag}: 0 is clean, else a sum of the bits below. A flag depends on the row, on the bar before
 * it in storage, on the exchange's calendar and, for {@link #RUNNING}, on the time; never on how much the answer held, so
 * that a compact and a full answer give the same row the same flag. Nothing is repaired or left out: a flag is for the
 * reader of the table.
 */
final class QualityFlags {

    /** The high is below the low. */
    static final int HIGH_BELOW_LOW = 1;
    /** Open or close lies outside the range from low to high, where there is a range. */
    static final int OUTSIDE_RANGE = 2;
    /** One of the four prices is zero or negative. */
    static final int NOT_POSITIVE = 4;
    /** The volume is zero; a series without volume (indices) is not marked. */
    static final int ZERO_VOLUME = 8;
    /** The close moved by more than {@link #DAILY_SPIKE} or {@link #INTRADAY_SPIKE} against the bar before, splits undone. */
    static final int SPIKE = 16;
    /**
     * Daily bars of United States symbols: a session is missing before it; weekly: an ISO week; monthly: a month. Minute
     * bars have no such rule, a minute without a trade has no bar.
     */
    static final int GAP = 32;
    /** The bar's period was not over when it was answered. */
    static final int RUNNING = 64;
    /** One of the four prices is missing. */
    static final int PRICE_MISSING = 128;

    static final BigDecimal DAILY_SPIKE = new BigDecimal("0.5");
    static final BigDecimal INTRADAY_SPIKE = new BigDecimal("0.2");

    /** No period is longer: older bars need no look at the calendar. */
    private static final Duration LONGEST_PERIOD = Duration.ofDays(40);

    private final Series series;
    private final Cadence cadence;
    private final Instant now;

    QualityFlags(Series series, Instant now) {
        this.series = series;
        this.cadence = Cadence.of(series);
        this.now = now;
    }

    /** @param previous the bar before it in storage; null when there is none */
    int of(Bar bar, StoredBar previous) {
        int flags = row(bar);
        if (cadence == Cadence.QUOTE) {
            return flags;
        }
        if (previous != null) {
            flags |= spikes(bar, previous.close()) ? SPIKE : 0;
            flags |= gaps(previous.timestamp(), bar.timestamp()) ? GAP : 0;
        }
        return flags | (isRunning(bar.timestamp()) ? RUNNING : 0);
    }

    private static int row(Bar bar) {
        int flags = 0;
        boolean range = bar.high() != null && bar.low() != null;
        if (range && bar.high().compareTo(bar.low()) < 0) {
            flags |= HIGH_BELOW_LOW;
        } else if (range && (outside(bar.open(), bar) || outside(bar.close(), bar))) {
            flags |= OUTSIDE_RANGE;
        }
        if (notPositive(bar.open()) || notPositive(bar.high()) || notPositive(bar.low()) || notPositive(bar.close())) {
            flags |= NOT_POSITIVE;
        }
        if (bar.volume() != null && bar.volume().signum() == 0) {
            flags |= ZERO_VOLUME;
        }
        if (!range || bar.open() == null || bar.close() == null) {
            flags |= PRICE_MISSING;
        }
        return flags;
    }

    private static boolean outside(BigDecimal price, Bar bar) {
        return price != null && (price.compareTo(bar.low()) < 0 || price.compareTo(bar.high()) > 0);
    }

    private static boolean notPositive(BigDecimal price) {
        return price != null && price.signum() <= 0;
    }

    private boolean spikes(Bar bar, BigDecimal previousClose) {
        if (bar.close() == null || previousClose == null || previousClose.signum() <= 0) {
            return false;
        }
        BigDecimal split = bar.splitCoefficient();
        BigDecimal close =
                split == null || split.signum() <= 0 ? bar.close() : bar.close().multiply(split);
        BigDecimal limit = cadence == Cadence.INTRADAY ? INTRADAY_SPIKE : DAILY_SPIKE;
        return close.subtract(previousClose).abs().compareTo(previousClose.multiply(limit)) > 0;
    }

    private boolean gaps(Instant previous, Instant timestamp) {
        return switch (cadence) {
            case DAILY ->
                series.symbol().isUnitedStates()
                        && TradingCalendar.sessionsBetween(Cadence.date(previous), Cadence.date(timestamp)) > 0;
            case WEEKLY -> ChronoUnit.WEEKS.between(cadence.periodOf(previous), cadence.periodOf(timestamp)) > 1;
            case MONTHLY -> ChronoUnit.MONTHS.between(cadence.periodOf(previous), cadence.periodOf(timestamp)) > 1;
            case INTRADAY, QUOTE -> false;
        };
    }

    private boolean isRunning(Instant timestamp) {
        if (timestamp.isBefore(now.minus(LONGEST_PERIOD))) {
            return false;
        }
        LocalDate date = Cadence.date(timestamp);
        Instant end = switch (cadence) {
            case INTRADAY -> timestamp.plus(series.interval().orElseThrow().duration());
            case DAILY -> close(date);
            case WEEKLY -> lastClose(date.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY)));
            case MONTHLY -> lastClose(date.with(TemporalAdjusters.lastDayOfMonth()));
            case QUOTE -> timestamp;
        };
        return now.isBefore(end);
    }

    private Instant lastClose(LocalDate lastDay) {
        return close(
                series.symbol().isUnitedStates()
                        ? TradingCalendar.lastSessionOnOrBefore(lastDay)
                        : lastWeekdayOnOrBefore(lastDay));
    }

    private static LocalDate lastWeekdayOnOrBefore(LocalDate date) {
        DayOfWeek day = date.getDayOfWeek();
        return day.compareTo(DayOfWeek.FRIDAY) > 0 ? date.with(TemporalAdjusters.previous(DayOfWeek.FRIDAY)) : date;
    }

    /** Where the session's hours are not known the day itself is the bound: every exchange closes before its UTC date ends. */
    private Instant close(LocalDate date) {
        return series.symbol().isUnitedStates() && TradingCalendar.isSession(date)
                ? TradingCalendar.closeTime(date)
                : Cadence.startOf(date.plusDays(1));
    }
}
