package io.alphakeep.command;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Instants as people read them, in UTC; a date alone where the time is midnight. */
final class Times {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm'Z'");

    private Times() {}

    static String text(Instant instant) {
        if (instant == null) {
            return "";
        }
        var time = instant.atOffset(ZoneOffset.UTC);
        return time.toLocalTime().toSecondOfDay() == 0 ? time.toLocalDate().toString() : MINUTE.format(time);
    }
}
