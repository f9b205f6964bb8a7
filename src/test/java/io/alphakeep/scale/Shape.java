package io.alphakeep.scale;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The kinds of series that are generated, with the instants of their bars. */
enum Shape {
    DAILY("TIME_SERIES_DAILY", "TIME_SERIES_DAILY", false),
    DAILY_ADJUSTED("TIME_SERIES_DAILY_ADJUSTED", "TIME_SERIES_DAILY_ADJUSTED", true),
    ONE_MINUTE("TIME_SERIES_INTRADAY_1min", "TIME_SERIES_INTRADAY", false),
    FIVE_MINUTES("TIME_SERIES_INTRADAY_5min", "TIME_SERIES_INTRADAY", false),
    WEEKLY("TIME_SERIES_WEEKLY", "TIME_SERIES_WEEKLY", false);

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalTime OPEN = LocalTime.of(9, 30);
    private static final int MINUTES_PER_SESSION = 390;

    private final String endpoint;
    private final String function;
    private final boolean adjusted;

    Shape(String endpoint, String function, boolean adjusted) {
        this.endpoint = endpoint;
        this.function = function;
        this.adjusted = adjusted;
    }

    String endpoint() {
        return endpoint;
    }

    String function() {
        return function;
    }

    boolean adjusted() {
        return adjusted;
    }

    int barsOf(LocalDate day) {
        return switch (this) {
            case DAILY, DAILY_ADJUSTED -> 1;
            case WEEKLY -> day.getDayOfWeek() == DayOfWeek.FRIDAY ? 1 : 0;
            case FIVE_MINUTES -> MINUTES_PER_SESSION / 5;
            case ONE_MINUTE -> MINUTES_PER_SESSION;
        };
    }

    long barsOf(List<LocalDate> days) {
        return days.stream().mapToLong(this::barsOf).sum();
    }

    /** Seconds since 1970, ascending with the days. */
    LongStream instants(List<LocalDate> days) {
        return days.stream().flatMapToLong(this::instants);
    }

    private LongStream instants(LocalDate day) {
        int bars = barsOf(day);
        if (bars <= 1) {
            return LongStream.of(day.atStartOfDay(ZoneOffset.UTC).toEpochSecond())
                    .limit(bars);
        }
        long open = day.atTime(OPEN).atZone(NEW_YORK).toEpochSecond();
        return IntStream.range(0, bars).mapToLong(i -> open + i * 60L * (MINUTES_PER_SESSION / bars));
    }
}
