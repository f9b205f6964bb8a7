package io.alphakeep.market;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The widths of intraday bars that the API offers. */
public enum Interval {
    ONE_MINUTE("1min", 1),
    FIVE_MINUTES("5min", 5),
    FIFTEEN_MINUTES("15min", 15),
    THIRTY_MINUTES("30min", 30),
    SIXTY_MINUTES("60min", 60);

    private final String text;
    private final int minutes;

    Interval(String text, int minutes) {
        this.text = text;
        this.minutes = minutes;
    }

    /** The API's word for it, as in {@code 5min}. */
    public String text() {
        return text;
    }

    public Duration duration() {
        return Duration.ofMinutes(minutes);
    }

    public static Optional<Interval> of(String text) {
        return Arrays.stream(values()).filter(i -> i.text.equals(text)).findFirst();
    }

    /** All words, for messages: {@code 1min, 5min, …}. */
    public static String words() {
        return Arrays.stream(values()).map(Interval::text).collect(Collectors.joining(", "));
    }
}
