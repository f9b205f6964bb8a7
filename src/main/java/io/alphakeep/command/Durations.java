package io.alphakeep.command;

import io.alphakeep.run.RequestForms;
import java.time.Duration;

/** Durations as people write and read them: {@code 90s}, {@code 10m}, {@code 2h}, {@code 7d}. */
final class Durations {

    private Durations() {}

    /** @throws IllegalArgumentException that names the text and the form */
    static Duration parse(String text) {
        return RequestForms.duration(text);
    }

    static String text(Duration duration) {
        if (duration.toSeconds() < 60) {
            return String.format(java.util.Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return duration.toHours() > 0
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
}
