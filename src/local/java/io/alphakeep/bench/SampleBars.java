package io.alphakeep.bench;

import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import io.alphakeep.market.BarsBuilder;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.function.UnaryOperator;

/**
 * Bars that are the same in every bench: prices of two to four decimals on a random walk, volumes in whole shares. Times and
 * prices depend on the arguments alone.
 */
final class SampleBars {

    private static final long DAY = 86_400;
    /** 14:30 UTC; the sessions of the bench know no summer time. */
    private static final long OPENING = 52_200;

    private static final int SESSION_MINUTES = 390;

    private SampleBars() {}

    /** One bar for each weekday, the last one at {@code last} or the weekday before it. */
    static Bars daily(int seed, int bars, LocalDate last) {
        return ending(new Walk(seed, 1), bars, weekday(last), day -> weekday(day.minusDays(1)));
    }

    /** One bar for each Friday. */
    static Bars weekly(int seed, int bars, LocalDate last) {
        LocalDate friday = last.with(TemporalAdjusters.previousOrSame(DayOfWeek.FRIDAY));
        return ending(new Walk(seed, 2), bars, friday, day -> day.minusWeeks(1));
    }

    /** @param minutes between two bars */
    static Bars intraday(int seed, int sessions, int minutes, LocalDate last) {
        long[] days = days(sessions, weekday(last), day -> weekday(day.minusDays(1)));
        int each = SESSION_MINUTES / minutes;
        Walk walk = new Walk(seed, 2 + minutes);
        BarsBuilder builder = new BarsBuilder(sessions * each);
        for (long day : days) {
            for (int i = 0; i < each; i++) {
                walk.next(builder, day * DAY + OPENING + i * 60L * minutes);
            }
        }
        return builder.build((dropped, kept) -> {});
    }

    private static Bars ending(Walk walk, int bars, LocalDate last, UnaryOperator<LocalDate> before) {
        BarsBuilder builder = new BarsBuilder(bars);
        for (long day : days(bars, last, before)) {
            walk.next(builder, day * DAY);
        }
        return builder.build((dropped, kept) -> {});
    }

    private static long[] days(int count, LocalDate last, UnaryOperator<LocalDate> before) {
        long[] days = new long[count];
        LocalDate day = last;
        for (int i = count - 1; i >= 0; i--) {
            days[i] = day.toEpochDay();
            day = before.apply(day);
        }
        return days;
    }

    private static LocalDate weekday(LocalDate day) {
        return switch (day.getDayOfWeek()) {
            case SATURDAY -> day.minusDays(1);
            case SUNDAY -> day.minusDays(2);
            default -> day;
        };
    }

    /** A price that goes up and down by a percent or two. */
    private static final class Walk {

        /** The API writes four decimals; the last two are zeros as a rule. */
        private static final int SCALE = 4;

        private long state;
        private long price;

        Walk(int seed, int kind) {
            state = seed * 0x9E37_79B9_7F4A_7C15L + kind;
            price = 50_000 + draw(5_000_000);
        }

        void next(BarsBuilder builder, long second) {
            long open = price;
            long close = step(open);
            long high = Math.max(open, close) + draw(open / 100 + 1);
            long low = Math.max(100, Math.min(open, close) - draw(open / 100 + 1));
            builder.add(second);
            builder.put(Figure.OPEN, open, SCALE);
            builder.put(Figure.HIGH, cents(high, 1), SCALE);
            builder.put(Figure.LOW, cents(low, 0), SCALE);
            builder.put(Figure.CLOSE, close, SCALE);
            builder.put(Figure.VOLUME, 1_000 + draw(90_000_000), 0);
            price = close;
        }

        private long step(long from) {
            long moved = from + from * (draw(401) - 200) / 10_000;
            // Between one and five thousand: neither a penny stock's flags nor numbers of another width.
            long bounded = Math.min(50_000_000, Math.max(10_000, moved));
            return draw(8) == 0 ? bounded : cents(bounded, 0);
        }

        private static long cents(long price, int more) {
            return (price / 100 + more) * 100;
        }

        /** 0 to before the bound; SplitMix64. */
        private long draw(long bound) {
            state += 0x9E37_79B9_7F4A_7C15L;
            long z = (state ^ (state >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
            return Math.floorMod(z ^ (z >>> 31), bound);
        }
    }
}
