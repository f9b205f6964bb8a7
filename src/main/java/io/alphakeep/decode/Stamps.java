package io.alphakeep.decode;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/** Stamps of rows: {@code YYYY-MM-DD}, and with {@code HH:MM[:SS]} behind a blank or T. */
final class Stamps {

    private static final int DATE_CHARACTERS = 10;

    private Stamps() {}

    /** @throws RowFault when the text is not a date of the calendar, alone or with a time behind it */
    static LocalDateTime read(String text) {
        if (text.length() < DATE_CHARACTERS || text.charAt(4) != '-' || text.charAt(7) != '-') {
            throw fault(text);
        }
        try {
            LocalDate date = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
            if (text.length() == DATE_CHARACTERS) {
                return date.atStartOfDay();
            }
            char separator = text.charAt(DATE_CHARACTERS);
            boolean seconds = text.length() == 19 && text.charAt(16) == ':';
            if ((separator != ' ' && separator != 'T') || !(seconds || text.length() == 16) || text.charAt(13) != ':') {
                throw fault(text);
            }
            return LocalDateTime.of(
                    date, LocalTime.of(digits(text, 11, 13), digits(text, 14, 16), seconds ? digits(text, 17, 19) : 0));
        } catch (DateTimeException e) {
            throw fault(text);
        }
    }

    /** Whether the text has a time part at all. */
    static boolean hasTime(String text) {
        return text.length() > DATE_CHARACTERS;
    }

    /** Daily and longer bars stand at 00:00 UTC of their date, whatever the zone of the exchange. */
    static Instant atStartOfDay(LocalDateTime stamp) {
        return stamp.toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** By the rules of the zone; an hour that happens twice means its first time (no exchange trades then). */
    static Instant in(ZoneId zone, LocalDateTime stamp) {
        return stamp.atZone(zone).toInstant();
    }

    /**
     * The zone that a meta key {@code Time Zone} names: {@code US/Eastern}, {@code US/Eastern Time}, {@code GMT+8},
     * {@code UTC}; null when it is none.
     */
    static ZoneId zone(String text) {
        String name = text.strip();
        if (name.toLowerCase(Locale.ROOT).endsWith(" time")) {
            name = name.substring(0, name.length() - " time".length()).strip();
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw fault(text);
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    private static RowFault fault(String text) {
        return new RowFault(RowFault.DATE, "not a date: " + Texts.cut(text, 40));
    }
}
