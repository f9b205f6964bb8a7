package io.alphakeep.maintain.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** From an instant until before another, and how SQL says so. */
record Range(Instant from, Instant until) {

    private static final DateTimeFormatter LITERAL =
            DateTimeFormatter.ofPattern("''''uuuu-MM-dd HH:mm:ss.SSSSSS'+00'''").withZone(ZoneOffset.UTC);

    static Range ofYear(int year) {
        return new Range(start(year), start(year + 1));
    }

    /** As ATTACH wants it; the literals name their zone, whatever the session's is. */
    String bounds() {
        return "FROM (" + literal(from) + ") TO (" + literal(until) + ")";
    }

    String condition() {
        return "\"timestamp\" >= " + literal(from) + " AND \"timestamp\" < " + literal(until);
    }

    boolean contains(Instant otherFrom, Instant otherUntil) {
        return !otherFrom.isBefore(from) && !otherUntil.isAfter(until);
    }

    private static String literal(Instant instant) {
        return LITERAL.format(instant).replace(".000000", "");
    }

    private static Instant start(int year) {
        return LocalDate.of(year, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
