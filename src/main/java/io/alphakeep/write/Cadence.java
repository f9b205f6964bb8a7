package io.alphakeep.write;

import io.alphakeep.market.Series;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/** How the bars of a series follow each other; read from the function's name, so that new functions need no line here. */
enum Cadence {
    INTRADAY(5),
    DAILY(10),
    WEEKLY(21),
    MONTHLY(62),
    /** One row at the latest trading day: no series of bars. */
    QUOTE(0);

    /** How far back the bar before the first one is looked for at first; a longer gap costs a second statement. */
    private final Duration lookback;

    Cadence(int lookbackDays) {
        this.lookback = Duration.ofDays(lookbackDays);
    }

    static Cadence of(Series series) {
        String function = series.function();
        if (function.equals("GLOBAL_QUOTE")) {
            return QUOTE;
        }
        if (series.interval().isPresent()) {
            return INTRADAY;
        }
        if (function.contains("WEEKLY")) {
            return WEEKLY;
        }
        return function.contains("MONTHLY") ? MONTHLY : DAILY;
    }

    Duration lookback() {
        return lookback;
    }

    /** Whether the newest bar stands for a week or month and moves its date until that is over. */
    boolean movesItsDate() {
        return this == WEEKLY || this == MONTHLY;
    }

    /** The first day of the ISO week or month that a bar stands for; the bar's own date for shorter ones. */
    LocalDate periodOf(Instant timestamp) {
        LocalDate date = date(timestamp);
        return switch (this) {
            case WEEKLY -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTHLY -> date.withDayOfMonth(1);
            default -> date;
        };
    }

    /** The first day after that period. */
    LocalDate nextPeriod(LocalDate period) {
        return switch (this) {
            case WEEKLY -> period.plusWeeks(1);
            case MONTHLY -> period.plusMonths(1);
            default -> period.plusDays(1);
        };
    }

    static LocalDate date(Instant timestamp) {
        return LocalDate.ofEpochDay(Math.floorDiv(timestamp.getEpochSecond(), 86_400L));
    }

    static Instant startOf(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
