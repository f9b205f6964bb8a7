package io.alphakeep.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which calendar days the day's limit holds for. The provider does not say in which zone it counts, and reports disagree
 * between UTC and US Eastern: with both of them the stricter wins, and whoever knows better says so.
 */
public final class AllowanceDay {

    /** In UTC and in US Eastern; the stricter wins. */
    public static final AllowanceDay STRICT = new AllowanceDay(List.of(Boundary.UTC, Boundary.EASTERN));

    public static final AllowanceDay UTC = new AllowanceDay(List.of(Boundary.UTC));
    public static final AllowanceDay EASTERN = new AllowanceDay(List.of(Boundary.EASTERN));

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])");

    private final List<Boundary> boundaries;

    private AllowanceDay(List<Boundary> boundaries) {
        this.boundaries = boundaries;
    }

    /**
     * @param text {@code strict}, {@code utc}, {@code eastern}, or the time in UTC at which the day begins, {@code HH:MM}
     * @throws IllegalArgumentException for anything else
     */
    public static AllowanceDay of(String text) {
        Matcher time = TIME.matcher(text);
        if (time.matches()) {
            int minute = Integer.parseInt(time.group(1)) * 60 + Integer.parseInt(time.group(2));
            return minute == 0 ? UTC : new AllowanceDay(List.of(new Boundary(Boundary.UTC.zone(), minute)));
        }
        return switch (text) {
            case "strict" -> STRICT;
            case "utc" -> UTC;
            case "eastern" -> EASTERN;
            default -> throw new IllegalArgumentException("'" + text + "' is not strict, utc, eastern or a time HH:MM");
        };
    }

    List<Boundary> boundaries() {
        return boundaries;
    }

    /** The boundary that is neither UTC's nor US Eastern's midnight, which are counted always. */
    Optional<Boundary> custom() {
        return boundaries.stream()
                .filter(b -> !b.equals(Boundary.UTC) && !b.equals(Boundary.EASTERN))
                .findFirst();
    }

    /** When the younger of the days of {@code now} began. */
    public Instant begunAt(Instant now) {
        return boundaries.stream()
                .map(b -> b.startOf(b.dayOf(now)))
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /** When the days of {@code now} are over, all of them. */
    Instant endOf(Instant now) {
        return boundaries.stream()
                .map(b -> b.endOf(b.dayOf(now)))
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /** The instant itself, or the end of its day when that comes before the way's time is over: whose day it would be is open. */
    Instant clearOfEnd(Instant instant, Duration way) {
        return boundaries.stream()
                .map(b -> b.endOf(b.dayOf(instant)))
                .filter(end -> end.isBefore(instant.plus(way)))
                .max(Instant::compareTo)
                .orElse(instant);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AllowanceDay day && boundaries.equals(day.boundaries);
    }

    @Override
    public int hashCode() {
        return boundaries.hashCode();
    }

    @Override
    public String toString() {
        return boundaries.toString();
    }
}
