package io.alphakeep.plan;

import io.alphakeep.market.TradingCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/**
 * Whether the newest 100 rows reach back to the newest stored bar. Counted so that it errs towards the full answer,
 * which costs one request as well: a compact answer that falls short leaves a hole that nobody sees.
 */
final class Compact {

    /** Rows of an answer with {@code outputsize=compact}. */
    static final int ROWS = 100;

    /** Extended hours, which intraday answers include, last from 04:00 to 20:00 in New York. */
    static final LocalTime OPENS = LocalTime.of(4, 0);

    static final LocalTime ENDS = LocalTime.of(20, 0);

    private Compact() {}

    /** Asked only for a series that has bars. */
    static boolean fits(Situation s) {
        return (s.function().intraday() ? intradayRows(s) : dailyRows(s)) <= ROWS;
    }

    /** Bars of a whole day. */
    static long rowsPerSession(Duration interval) {
        return Duration.between(OPENS, ENDS).dividedBy(interval);
    }

    private static long dailyRows(Situation s) {
        LocalDate today = Timetable.date(s.now());
        LocalDate last = s.lastDate();
        // A bar that was stored during its session must be in the answer once more; today's running bar takes a row,
        // too.
        Instant answered = s.watermark().lastAnswerAt();
        boolean lastIsFinal = answered != null && !answered.isBefore(Timetable.publication(last));
        return sessions(s, last, today.plusDays(1)) + (lastIsFinal ? 0 : 1);
    }

    /**
     * Sessions strictly between two dates. Other countries have other holidays: there every day may be one, and east of
     * New York the second date itself may have begun.
     */
    private static long sessions(Situation s, LocalDate after, LocalDate before) {
        return s.series().symbol().isUnitedStates()
                ? TradingCalendar.sessionsBetween(after, before)
                : Math.max(0, ChronoUnit.DAYS.between(after, before));
    }

    /** Bars from the newest stored one, that included since it may have been running, up to now. */
    private static long intradayRows(Situation s) {
        Duration interval = s.series().interval().orElseThrow().duration();
        Instant last = s.watermark().lastTimestamp();
        if (!s.series().symbol().isUnitedStates()) {
            return bars(last, s.now(), interval); // Their hours are not New York's: every hour may hold bars.
        }
        LocalDate first = s.lastDate();
        LocalDate today = Timetable.date(s.now());
        if (first.equals(today)) {
            return bars(last, s.now(), interval);
        }
        long between = TradingCalendar.sessionsBetween(first, today) * rowsPerSession(interval);
        return bars(last, at(first, ENDS), interval) + between + barsOf(today, s.now(), interval);
    }

    private static long barsOf(LocalDate today, Instant now, Duration interval) {
        Instant end = now.isBefore(at(today, ENDS)) ? now : at(today, ENDS);
        return TradingCalendar.isSession(today) ? bars(at(today, OPENS), end, interval) : 0;
    }

    /** How many bars begin from one instant on and before another, rounded up; at least 0. */
    private static long bars(Instant from, Instant to, Duration interval) {
        Duration span = Duration.between(from, to);
        return span.isNegative() ? 0 : span.plus(interval).minusNanos(1).dividedBy(interval);
    }

    private static Instant at(LocalDate date, LocalTime time) {
        return date.atTime(time).atZone(TradingCalendar.ZONE).toInstant();
    }
}
