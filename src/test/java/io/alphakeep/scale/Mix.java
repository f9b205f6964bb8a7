package io.alphakeep.scale;

import java.util.ArrayList;
import java.util.List;

/**
 * Which series a number of rows is made of. Every ticker has daily, daily adjusted and weekly bars; the first few have
 * 5-minute bars, and the first of those 1-minute bars too. Of 100 million rows over 25 years 40 % are bars of 5 minutes (78 tickers) and 25 %
 * of one minute (9 tickers); the rest is 2,600 tickers of daily and weekly bars. 25 years of one ticker's minutes are 2.5
 * million rows: where they would be too many, they exist of every so many days only, over all the years.
 *
 * @param firstTicker       number of the first one
 * @param fiveMinuteStride  from one day with bars to the next; 1 = all days
 */
public record Mix(
        int firstTicker,
        int tickers,
        int fiveMinuteTickers,
        int fiveMinuteStride,
        int oneMinuteTickers,
        int oneMinuteStride) {

    private static final double FIVE_MINUTES_SHARE = 0.40;
    private static final double ONE_MINUTE_SHARE = 0.25;
    private static final int FEWEST_INTRADAY = 2;

    /** At least so many rows, and at most one ticker's daily and weekly bars more. */
    public static Mix of(long rows, int firstTicker, Sessions sessions) {
        long fiveMinutes = Shape.FIVE_MINUTES.barsOf(sessions.days());
        long oneMinute = Shape.ONE_MINUTE.barsOf(sessions.days());
        int five = tickers(rows * FIVE_MINUTES_SHARE, fiveMinutes);
        int one = tickers(rows * ONE_MINUTE_SHARE, oneMinute);
        Mix intraday = new Mix(
                firstTicker,
                0,
                five,
                stride(rows * FIVE_MINUTES_SHARE, five * fiveMinutes),
                one,
                stride(rows * ONE_MINUTE_SHARE, one * oneMinute));
        long left = rows - intraday.rows(sessions);
        long perTicker = Shape.DAILY.barsOf(sessions.days())
                + Shape.DAILY_ADJUSTED.barsOf(sessions.days())
                + Shape.WEEKLY.barsOf(sessions.days());
        int tickers = (int) Math.max(five, Math.ceil((double) left / perTicker));
        return new Mix(firstTicker, tickers, five, intraday.fiveMinuteStride, one, intraday.oneMinuteStride);
    }

    private static int tickers(double rows, long each) {
        return (int) Math.max(FEWEST_INTRADAY, rows / each);
    }

    private static int stride(double rows, long ofAllDays) {
        return (int) Math.max(1, Math.ceil(ofAllDays / rows));
    }

    int tickers(Shape shape) {
        return switch (shape) {
            case DAILY, DAILY_ADJUSTED, WEEKLY -> tickers;
            case FIVE_MINUTES -> fiveMinuteTickers;
            case ONE_MINUTE -> oneMinuteTickers;
        };
    }

    int stride(Shape shape) {
        return switch (shape) {
            case DAILY, DAILY_ADJUSTED, WEEKLY -> 1;
            case FIVE_MINUTES -> fiveMinuteStride;
            case ONE_MINUTE -> oneMinuteStride;
        };
    }

    /** Exactly what is generated. */
    public long rows(Sessions sessions) {
        long rows = 0;
        for (Shape shape : Shape.values()) {
            for (int i = 0; i < sessions.days().size(); i += stride(shape)) {
                rows += (long) tickers(shape) * shape.barsOf(sessions.days().get(i));
            }
        }
        return rows;
    }

    /** In the order of their numbers, which is that of the key. */
    List<String> names() {
        List<String> names = new ArrayList<>(tickers);
        for (int i = 0; i < tickers; i++) {
            names.add(name(firstTicker + i));
        }
        return names;
    }

    /** {@code SAAAA}, {@code SAAAB}, …: 456,976 of them, which no ticker of a backfill begins like. */
    public static String name(int number) {
        char[] letters = {'S', 'A', 'A', 'A', 'A'};
        for (int i = 4, rest = number; i > 0; i--, rest /= 26) {
            letters[i] = (char) ('A' + rest % 26);
        }
        return new String(letters);
    }
}
