package io.alphakeep.local;

import io.alphakeep.market.TradingCalendar;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * The prices and volumes of a session by the minute, from 04:00 in New York. Bars of all widths are cut from it, so
 * that they agree with each other; the regular hours open, close and stay within what the daily bar says.
 */
final class MinutePath {

    static final LocalTime START = LocalTime.of(4, 0);

    /** Minutes from {@link #START} to 09:30. */
    static final int OPENING = 330;

    /** After the close trading goes on for four hours. */
    private static final int AFTER_HOURS = 240;

    private final DayBar day;
    private final long seed;
    private final int closing;
    private final long[] prices;
    private final long[] volumes;

    /** @param lastClose the close of the session before, as seen after a split, in dollars */
    MinutePath(Listing listing, DayBar day, double lastClose) {
        this.day = day;
        this.seed = Noise.bits(listing.seed(), day.date().toEpochDay(), 40);
        this.closing = OPENING + regularMinutes(day.date());
        this.prices = new long[closing + AFTER_HOURS + 1];
        this.volumes = new long[closing + AFTER_HOURS];
        double open = Money.amount(day.open());
        double close = Money.amount(day.close());
        double night = close * (1 + listing.volatility() * 0.2 * Noise.normal(seed, 0, 41));
        walk(0, OPENING, lastClose, open, listing.volatility() * 0.1);
        walk(OPENING, closing, open, close, listing.volatility() * 0.5);
        walk(closing, closing + AFTER_HOURS, close, night, listing.volatility() * 0.1);
        trade();
    }

    /** How many minutes the session has, extended hours included. */
    int minutes() {
        return volumes.length;
    }

    /** The minute at which the regular hours end. */
    int closing() {
        return closing;
    }

    /** The price at the beginning of a minute, in ten-thousandths. */
    long price(int minute) {
        return prices[minute];
    }

    /** Shares traded in a minute; 0 = no trade, and no bar. */
    long volume(int minute) {
        return volumes[minute];
    }

    private static int regularMinutes(LocalDate session) {
        LocalTime close =
                TradingCalendar.closeTime(session).atZone(TradingCalendar.ZONE).toLocalTime();
        return (int) Duration.between(START.plusMinutes(OPENING), close).toMinutes();
    }

    /** A straight line with waves of four lengths on it, which fade towards both ends. */
    private void walk(int from, int to, double start, double end, double swing) {
        boolean regular = from == OPENING;
        for (int minute = from; minute <= to; minute++) {
            double way = (minute - from) / (double) (to - from);
            double wave = wave(minute, 64, 1) + wave(minute, 16, 0.5) + wave(minute, 4, 0.25) + wave(minute, 1, 0.12);
            double fade = Math.min(1, 8 * Math.min(way, 1 - way));
            long price = Money.cents((start + (end - start) * way) * (1 + swing * wave * fade));
            prices[minute] = regular ? Math.max(day.low(), Math.min(day.high(), price)) : Math.max(100, price);
        }
    }

    private double wave(int minute, int length, double height) {
        int at = minute / length;
        double way = minute % length / (double) length;
        double left = Noise.uniform(seed, at, 50 + length) - 0.5;
        double right = Noise.uniform(seed, at + 1L, 50 + length) - 0.5;
        return height * (left + (right - left) * way);
    }

    /**
     * The regular hours trade the day's volume, busiest at both ends; outside of them half of the minutes see no trade.
     */
    private void trade() {
        double perMinute = day.volume() / (double) (closing - OPENING);
        for (int minute = 0; minute < volumes.length; minute++) {
            double luck = Noise.uniform(seed, minute, 42);
            boolean regular = minute >= OPENING && minute < closing;
            if (regular) {
                double middle = Math.abs(2.0 * (minute - OPENING) / (closing - OPENING) - 1);
                volumes[minute] = luck < 0.005 ? 0 : 1 + (long) (perMinute * (0.6 + 1.2 * middle * middle) * 2 * luck);
            } else {
                volumes[minute] = luck < 0.5 ? 0 : 1 + (long) (perMinute * 0.02 * luck);
            }
        }
    }
}
