package io.alphakeep.plan;

import io.alphakeep.catalog.Rhythm;
import io.alphakeep.market.Gap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The pieces of reasons that people read. */
final class Words {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    /** As in {@code 2026-11-25T01:15Z}. */
    static String instant(Instant instant) {
        return MINUTE.format(instant);
    }

    /** As in {@code 1h30m}. */
    static String duration(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    /** A value for comparing: one decimal below a hundred, none above. */
    static String worth(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    }

    /** As in {@code gap: 3 sessions between 2024-03-04 and 2024-03-06 missing}. */
    static String gap(Gap gap) {
        return gap.sessions() == 1
                ? "gap: the session of " + gap.from() + " missing"
                : "gap: " + gap.sessions() + " sessions between " + gap.from() + " and " + gap.through() + " missing";
    }

    /** As in {@code 3 sessions} and {@code 1 week}. */
    static String periods(Rhythm rhythm, long count) {
        String word = switch (rhythm) {
            case SESSION -> "session";
            case WEEK -> "week";
            case MONTH -> "month";
            case SEVEN_DAYS -> "7-day period";
        };
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
