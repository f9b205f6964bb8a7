package io.alphakeep.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Where one counted day ends and the next begins.
 *
 * @param zone   whose midnight
 * @param minute minutes after it, 0 to 1439
 */
record Boundary(ZoneId zone, int minute) {

    static final Boundary UTC = new Boundary(ZoneOffset.UTC, 0);
    static final Boundary EASTERN = new Boundary(ZoneId.of("America/New_York"), 0);

    /** The day that the instant belongs to, named by the date on which it began. */
    LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant.minus(Duration.ofMinutes(minute)), zone);
    }

    Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant().plus(Duration.ofMinutes(minute));
    }

    Instant endOf(LocalDate day) {
        return startOf(day.plusDays(1));
    }
}
