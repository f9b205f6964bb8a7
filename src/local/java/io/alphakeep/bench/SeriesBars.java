package io.alphakeep.bench;

import io.alphakeep.market.Bars;
import io.alphakeep.market.Interval;
import io.alphakeep.market.Series;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What one answer holds.
 *
 * @param series what was asked for
 * @param bars   ascending
 */
record SeriesBars(Series series, Bars bars) {

    static final String DAILY = "TIME_SERIES_DAILY";

    /** The last session that is over, whatever the time of day. */
    static LocalDate yesterday() {
        return LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC).minusDays(1);
    }

    static SeriesBars daily(String prefix, int number, int bars) {
        return new SeriesBars(Series.of(prefix + number, DAILY), SampleBars.daily(number, bars, yesterday()));
    }

    /** Daily bars of several tickers. */
    static List<SeriesBars> daily(String prefix, int first, int tickers, int bars) {
        List<SeriesBars> all = new ArrayList<>(tickers);
        for (int i = 0; i < tickers; i++) {
            all.add(daily(prefix, first + i, bars));
        }
        return all;
    }

    /** Minute, five-minute, daily and weekly bars of one ticker, side by side as a warehouse has them. */
    static List<SeriesBars> mixed(String prefix, int number, int dailyBars, int sessions) {
        String ticker = prefix + number;
        LocalDate last = yesterday();
        return List.of(
                daily(prefix, number, dailyBars),
                new SeriesBars(
                        Series.of(ticker, "TIME_SERIES_INTRADAY", Interval.ONE_MINUTE),
                        SampleBars.intraday(number, sessions, 1, last)),
                new SeriesBars(
                        Series.of(ticker, "TIME_SERIES_INTRADAY", Interval.FIVE_MINUTES),
                        SampleBars.intraday(number, sessions, 5, last)),
                new SeriesBars(
                        Series.of(ticker, "TIME_SERIES_WEEKLY"),
                        SampleBars.weekly(number, Math.max(1, dailyBars / 5), last)));
    }

    String ticker() {
        return series.symbol().text();
    }

    SeriesBars slice(int from, int to) {
        return new SeriesBars(series, bars.slice(from, to));
    }

    static int rows(List<SeriesBars> all) {
        return all.stream().mapToInt(each -> each.bars().size()).sum();
    }
}
