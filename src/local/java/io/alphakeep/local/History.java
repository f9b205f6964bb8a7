package io.alphakeep.local;

import io.alphakeep.market.TradingCalendar;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * All sessions of a share from its listing to a given one, oldest first. A later session never changes an earlier bar;
 * it changes the factors by which the earlier ones are adjusted.
 */
final class History {

    /** Below this price the share is consolidated, ten old ones into one. */
    private static final double CONSOLIDATE_BELOW = 4;

    private final Listing listing;
    private final List<DayBar> bars;
    private final double[] factors;

    private History(Listing listing, List<DayBar> bars) {
        this.listing = listing;
        this.bars = bars;
        this.factors = factors(bars);
    }

    /** @throws IllegalArgumentException when the share is not listed on the session */
    static History until(Listing listing, LocalDate session) {
        if (session.isBefore(listing.listed())) {
            throw new IllegalArgumentException(listing.ticker() + " is not listed before " + listing.listed());
        }
        List<DayBar> bars = new ArrayList<>(TradingCalendar.sessionsBetween(listing.listed(), session) + 2);
        LocalDate date = listing.listed();
        LocalDate before = TradingCalendar.previousSession(date);
        double close = listing.startPrice();
        while (!date.isAfter(session)) {
            DayBar bar = trade(listing, before, date, close);
            bars.add(bar);
            close = Money.amount(bar.close());
            before = date;
            date = TradingCalendar.nextSession(date);
        }
        return new History(listing, List.copyOf(bars));
    }

    Listing listing() {
        return listing;
    }

    List<DayBar> bars() {
        return bars;
    }

    DayBar newest() {
        return bars.get(bars.size() - 1);
    }

    /** What a price of the i-th session is multiplied by to be comparable with today's. */
    double factor(int i) {
        return factors[i];
    }

    /** The close of the i-th session as seen from the newest, in dollars, with the noise digits of its arithmetic. */
    double adjustedClose(int i) {
        return Money.amount(bars.get(i).close()) * factors[i];
    }

    /** The place of the first session on or after a date; the number of bars when there is none. */
    int indexOf(LocalDate date) {
        // Sessions are countable, so that no search is needed.
        int sessions = TradingCalendar.sessionsBetween(listing.listed().minusDays(1), date);
        return Math.min(sessions, bars.size());
    }

    private static DayBar trade(Listing listing, LocalDate before, LocalDate date, double lastClose) {
        long seed = listing.seed();
        long day = date.toEpochDay();
        boolean paysMonth = listing.dividendYield() > 0 && date.getMonthValue() % 3 == listing.exMonth();
        double split = paysMonth ? 1 : split(listing, before, date, lastClose);
        boolean ex = paysMonth && firstOnOrAfter(listing.exDay(), before, date);
        long dividend = ex ? Math.max(100, Money.cents(lastClose * listing.dividendYield() / 4)) : 0;
        double base = lastClose / split - Money.amount(dividend);
        double volatility = listing.volatility();
        double move = listing.drift() + volatility * Noise.normal(seed, day, 30);
        long open = Money.cents(base * StrictMath.exp(0.35 * volatility * Noise.normal(seed, day, 31)));
        long close = Money.cents(base * StrictMath.exp(move));
        double above = 0.4 * volatility * StrictMath.abs(Noise.normal(seed, day, 32));
        double below = 0.4 * volatility * StrictMath.abs(Noise.normal(seed, day, 33));
        long high = (long) (Math.max(open, close) * (1 + above));
        long low = (long) (Math.min(open, close) * (1 - below)) + 1;
        double trades = StrictMath.exp(0.3 * Noise.normal(seed, day, 34)) * (1 + 10 * StrictMath.abs(move));
        long volume = Math.max(100, (long) (listing.volume() * trades));
        return new DayBar(date, open, high, Math.min(low, Math.min(open, close)), close, volume, dividend, split);
    }

    private static double split(Listing listing, LocalDate before, LocalDate date, double lastClose) {
        if (date.getMonthValue() == before.getMonthValue()) {
            return 1;
        }
        if (lastClose < CONSOLIDATE_BELOW) {
            return 0.1;
        }
        return lastClose <= listing.splitAbove()
                ? 1
                : 2 + (int) (Noise.uniform(listing.seed(), date.toEpochDay(), 35) * 3);
    }

    private static boolean firstOnOrAfter(int dayOfMonth, LocalDate before, LocalDate date) {
        boolean beforeIsEarlier = before.getMonthValue() != date.getMonthValue() || before.getDayOfMonth() < dayOfMonth;
        return date.getDayOfMonth() >= dayOfMonth && beforeIsEarlier;
    }

    /** From the newest session back: a split divides, a dividend takes its share of the close before it. */
    private static double[] factors(List<DayBar> bars) {
        double[] factors = new double[bars.size()];
        double factor = 1;
        for (int i = bars.size() - 1; i >= 0; i--) {
            factors[i] = factor;
            DayBar bar = bars.get(i);
            if (i > 0 && bar.dividend() > 0) {
                factor *= 1 - (double) bar.dividend() / bars.get(i - 1).close();
            }
            factor /= bar.split();
        }
        return factors;
    }
}
