package io.alphakeep.write;

import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
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
    /** The close moved by more than half, a fifth for minutes, against the bar before, splits undone. */
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

    /** A spike moves by more than the close before it divided by this: a half of it, and a fifth for minutes. */
    private static final int DAILY_PER_SPIKE = 2;

    private static final int INTRADAY_PER_SPIKE = 5;

    /** Below it the arithmetic above does not overflow a long. */
    private static final long SAFE = Long.MAX_VALUE / 16;

    private static final Figure[] PRICES = {Figure.OPEN, Figure.HIGH, Figure.LOW, Figure.CLOSE};

    /** No period is longer: older bars need no look at the calendar. */
    private static final Duration LONGEST_PERIOD = Duration.ofDays(40);

    private final Series series;
    private final Cadence cadence;
    private final Instant now;
    private final long mayRunFrom;

    QualityFlags(Series series, Instant now) {
        this.series = series;
        this.cadence = Cadence.of(series);
        this.now = now;
        this.mayRunFrom = now.minus(LONGEST_PERIOD).getEpochSecond();
    }

    /** @param previous the bar before it in storage merged with the answer; not existing when there is none */
    int of(Bars bars, int index, BarBefore previous) {
        int flags = row(bars, index);
        if (cadence == Cadence.QUOTE) {
            return flags;
        }
        if (previous.exists()) {
            flags |= spikes(bars, index, previous) ? SPIKE : 0;
            flags |= follows(previous.second(), bars.second(index)) ? 0 : GAP;
        }
        return flags | (isRunning(bars.second(index)) ? RUNNING : 0);
    }

    private static int row(Bars bars, int index) {
        int flags = 0;
        boolean open = bars.has(Figure.OPEN, index);
        boolean close = bars.has(Figure.CLOSE, index);
        boolean range = bars.has(Figure.HIGH, index) && bars.has(Figure.LOW, index);
        if (range && Figures.compare(bars, index, Figure.HIGH, Figure.LOW) < 0) {
            flags |= HIGH_BELOW_LOW;
        } else if (range
                && (open && outside(bars, index, Figure.OPEN) || close && outside(bars, index, Figure.CLOSE))) {
            flags |= OUTSIDE_RANGE;
        }
        for (Figure price : PRICES) {
            if (bars.has(price, index) && Figures.signum(bars, index, price) <= 0) {
                flags |= NOT_POSITIVE;
            }
        }
        if (bars.has(Figure.VOLUME, index) && Figures.signum(bars, index, Figure.VOLUME) == 0) {
            flags |= ZERO_VOLUME;
        }
        if (!range || !open || !close) {
            flags |= PRICE_MISSING;
        }
        return flags;
    }

    private static boolean outside(Bars bars, int index, Figure price) {
        return Figures.compare(bars, index, price, Figure.LOW) < 0
                || Figures.compare(bars, index, price, Figure.HIGH) > 0;
    }

    private boolean spikes(Bars bars, int index, BarBefore previous) {
        if (!bars.has(Figure.CLOSE, index)) {
            return false;
        }
        int perLimit = cadence == Cadence.INTRADAY ? INTRADAY_PER_SPIKE : DAILY_PER_SPIKE;
        boolean plain = previous.isPlain()
                && bars.isPlain(Figure.CLOSE, index)
                && bars.scale(Figure.CLOSE, index) == previous.scale()
                && Math.abs(previous.unscaled()) < SAFE
                && Math.abs(bars.unscaled(Figure.CLOSE, index)) < SAFE
                && (!bars.has(Figure.SPLIT_COEFFICIENT, index) || Figures.isOne(bars, index, Figure.SPLIT_COEFFICIENT));
        if (plain) {
            long before = previous.unscaled();
            return before > 0 && Math.abs(bars.unscaled(Figure.CLOSE, index) - before) * perLimit > before;
        }
        return spikes(
                bars.value(Figure.CLOSE, index),
                bars.value(Figure.SPLIT_COEFFICIENT, index),
                previous.close(),
                perLimit);
    }

    private static boolean spikes(BigDecimal close, BigDecimal split, BigDecimal before, int perLimit) {
        if (before == null || before.signum() <= 0) {
            return false;
        }
        BigDecimal undone = split == null || split.signum() <= 0 ? close : close.multiply(split);
        return undone.subtract(before)
                        .abs()
                        .multiply(BigDecimal.valueOf(perLimit))
                        .compareTo(before)
                > 0;
    }

    /** Whether nothing is missing between two bars that follow each other. */
    private boolean follows(long previous, long second) {
        if (cadence == Cadence.DAILY && isNextWeekday(previous, second)) {
            return true;
        }
        return cadence == Cadence.INTRADAY || !gaps(Instant.ofEpochSecond(previous), Instant.ofEpochSecond(second));
    }

    /** Needs no look at the calendar: a day later, or Monday after Friday. */
    private static boolean isNextWeekday(long previous, long second) {
        long day = Math.floorDiv(previous, 86_400L);
        long days = Math.floorDiv(second, 86_400L) - day;
        // 1970-01-02 was a Friday.
        return days == 1 || days == 3 && Math.floorMod(day - 1, 7) == 0;
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

    private boolean isRunning(long second) {
        if (second < mayRunFrom) {
            return false;
        }
        Instant timestamp = Instant.ofEpochSecond(second);
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
