package io.alphakeep.scale;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What has been generated so far, to choose from. Not changed while somebody chooses. */
public final class Population {

    /** Bars of 5 minutes of one day that exist. */
    record Slice(String ticker, LocalDate day) {}

    private static final int MOST_WRITTEN = 200;
    /** A year of these and older months is merged by maintenance. */
    private static final int OLD_MONTHS = 25;

    private final Sessions sessions;
    private final List<Mix> mixes = new ArrayList<>();

    public Population(Sessions sessions) {
        this.sessions = sessions;
    }

    public void add(Mix mix) {
        mixes.add(mix);
    }

    public int tickers() {
        return mixes.stream().mapToInt(Mix::tickers).sum();
    }

    public long rows() {
        return mixes.stream().mapToLong(mix -> mix.rows(sessions)).sum();
    }

    Sessions sessions() {
        return sessions;
    }

    String ticker(RandomGenerator random) {
        return Mix.name(random.nextInt(tickers()));
    }

    Slice slice(RandomGenerator random) {
        int number =
                random.nextInt(mixes.stream().mapToInt(Mix::fiveMinuteTickers).sum());
        for (Mix mix : mixes) {
            if (number < mix.fiveMinuteTickers()) {
                int days = sessions.days().size();
                int stride = mix.fiveMinuteStride();
                int day = random.nextInt((days + stride - 1) / stride) * stride;
                return new Slice(
                        Mix.name(mix.firstTicker() + number), sessions.days().get(day));
            }
            number -= mix.fiveMinuteTickers();
        }
        throw new AssertionError("no such ticker");
    }

    int year(RandomGenerator random) {
        List<Integer> years = sessions.fullYears();
        return years.get(random.nextInt(years.size()));
    }

    /** The tickers whose daily bars writers write, all the others staying as they were generated. */
    List<String> writtenTickers() {
        List<String> tickers = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_WRITTEN, tickers()); i++) {
            tickers.add(Mix.name(i));
        }
        return tickers;
    }

    /** One day of each old month, the first Wednesday. */
    List<LocalDate> writtenOldDays() {
        LocalDate recent = sessions.today().withDayOfMonth(1).minusMonths(OLD_MONTHS);
        return sessions.days().stream()
                .filter(day -> day.isBefore(recent) && day.getDayOfMonth() <= 7)
                .filter(day -> day.getDayOfWeek() == DayOfWeek.WEDNESDAY)
                .toList();
    }

    List<LocalDate> writtenRecentDays() {
        return sessions.newest(100);
    }

    /** All days whose daily bars writers may write. */
    List<LocalDate> writtenDays() {
        List<LocalDate> days = new ArrayList<>(writtenOldDays());
        days.addAll(writtenRecentDays());
        days.add(sessions.today());
        return days;
    }
}
