package io.alphakeep.local;

import io.alphakeep.market.TradingCalendar;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A simulated share: what its ticker alone decides.
 *
 * @param ticker        as asked for
 * @param seed          the place of its noise
 * @param listed        first session, 1999-11-01 at the earliest, as in the API
 * @param startPrice    close before the first session, in dollars
 * @param drift         mean logarithmic return per session
 * @param volatility    standard deviation of it
 * @param shares        shares outstanding on the day of listing
 * @param volume        shares traded on an ordinary session
 * @param dividendYield per year; 0 = pays none
 * @param exMonth       0 to 2: the month of each quarter in which a dividend goes ex
 * @param exDay         day of that month, or the next session
 * @param splitAbove    a share dearer than this is split
 * @param yearEndMonth  last month of the fiscal year
 */
record Listing(
        String ticker,
        long seed,
        LocalDate listed,
        double startPrice,
        double drift,
        double volatility,
        long shares,
        double volume,
        double dividendYield,
        int exMonth,
        int exDay,
        double splitAbove,
        int yearEndMonth) {

    private static final LocalDate EARLIEST = LocalDate.of(1999, 11, 1);
    private static final LocalDate LATEST = LocalDate.of(2021, 12, 31);
    private static final Pattern FORM = Pattern.compile("[A-Z]{1,5}([.-][A-Z])?");
    private static final int[] YEAR_ENDS = {12, 12, 12, 12, 12, 12, 12, 6, 9, 3};

    /** The share of a ticker; none when the ticker has not the form of one, or begins with ZZ. */
    static Optional<Listing> of(String ticker) {
        if (!FORM.matcher(ticker).matches() || ticker.startsWith("ZZ")) {
            return Optional.empty();
        }
        // BRK.B and BRK-B are one share.
        long seed = Noise.seed(ticker.replace('.', '-'));
        double startPrice = Money.amount(Money.cents(Noise.between(12, 140, seed, 0, 1)));
        double volatility = Noise.between(0.009, 0.024, seed, 0, 2);
        long shares = StrictMath.round(StrictMath.exp(Noise.between(16.5, 21, seed, 0, 3)) / 1000) * 1000;
        boolean pays = Noise.uniform(seed, 0, 4) < 0.7;
        return Optional.of(new Listing(
                ticker,
                seed,
                listed(ticker, seed),
                startPrice,
                // Volatility alone would make the geometric path sink; a growing economy lifts it.
                volatility * volatility / 2 + Noise.between(0.00005, 0.0004, seed, 0, 5),
                volatility,
                shares,
                shares * Noise.between(0.003, 0.012, seed, 0, 6),
                pays ? Noise.between(0.005, 0.045, seed, 0, 7) : 0,
                (int) Noise.between(0, 3, seed, 0, 8),
                (int) Noise.between(3, 24, seed, 0, 9),
                Noise.between(150, 420, seed, 0, 10),
                YEAR_ENDS[(int) Noise.between(0, YEAR_ENDS.length, seed, 0, 11)]));
    }

    private static LocalDate listed(String ticker, long seed) {
        // Two shares in three are old, and so are the companies everybody knows.
        if (Company.isKnown(ticker) || Noise.uniform(seed, 0, 12) < 0.66) {
            return EARLIEST;
        }
        long day = (long) Noise.between(EARLIEST.toEpochDay(), LATEST.toEpochDay(), seed, 0, 13);
        return TradingCalendar.nextSession(LocalDate.ofEpochDay(day));
    }
}
