package io.alphakeep.decode;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Stamps of rows: {@code YYYY-MM-DD}, and with {@code HH:MM[:SS]} behind a blank or T; as seconds since 1970-01-01T00:00 of
 * whatever zone they are meant in.
 */
final class Stamps {

    static final long DAY_SECONDS = 86_400;

    private static final int DATE_CHARACTERS = 10;
    private static final int MINUTE_CHARACTERS = 16;
    private static final int SECOND_CHARACTERS = 19;

    /** Days from 0000-03-01 to 1970-01-01, and of 400 years. */
    private static final int EPOCH_DAYS = 719_468;

    private static final int ERA_DAYS = 146_097;

    private Stamps() {}

    /** @throws RowFault when the text is not a date of the calendar, alone or with a time behind it */
    static long local(char[] text, int at, int length) {
        if (length < DATE_CHARACTERS || text[at + 4] != '-' || text[at + 7] != '-') {
            throw fault(text, at, length);
        }
        int year = digits(text, at, length, 0, 4);
        int month = digits(text, at, length, 5, 7);
        int day = digits(text, at, length, 8, 10);
        if (month < 1 || month > 12 || day < 1 || day > lengthOf(month, year)) {
            throw fault(text, at, length);
        }
        long second = DAY_SECONDS * epochDay(year, month, day);
        if (length == DATE_CHARACTERS) {
            return second;
        }
        char separator = text[at + DATE_CHARACTERS];
        boolean seconds = length == SECOND_CHARACTERS && text[at + MINUTE_CHARACTERS] == ':';
        if ((separator != ' ' && separator != 'T')
                || !(seconds || length == MINUTE_CHARACTERS)
                || text[at + 13] != ':') {
            throw fault(text, at, length);
        }
        int hour = digits(text, at, length, 11, 13);
        int minute = digits(text, at, length, 14, 16);
        int secondOfMinute = seconds ? digits(text, at, length, 17, 19) : 0;
        if (hour > 23 || minute > 59 || secondOfMinute > 59) {
            throw fault(text, at, length);
        }
        return second + hour * 3_600L + minute * 60L + secondOfMinute;
    }

    static long local(String text) {
        return local(text.toCharArray(), 0, text.length());
    }

    /** @throws RowFault when the text is not a date of the calendar, alone or with a time behind it */
    static LocalDate date(String text) {
        return LocalDate.ofEpochDay(Math.floorDiv(local(text), DAY_SECONDS));
    }

    /** Whether a text of this length has a time part at all. */
    static boolean hasTime(int length) {
        return length > DATE_CHARACTERS;
    }

    /** Daily and longer bars stand at 00:00 UTC of their date, whatever the zone of the exchange. */
    static long startOfDay(long local) {
        return Math.floorDiv(local, DAY_SECONDS) * DAY_SECONDS;
    }

    /** The stamp again, for people. */
    static String text(long local, boolean withTime) {
        LocalDateTime stamp = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
        return withTime
                ? stamp.toString().replace('T', ' ')
                : stamp.toLocalDate().toString();
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

    /** Days since 1970-01-01 in the proleptic Gregorian calendar. */
    private static long epochDay(int year, int month, int day) {
        // Years that begin in March have their leap day at the end, and months whose days are a line: 30.6 each.
        int shifted = month > 2 ? year : year - 1;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return (long) era * ERA_DAYS + dayOfEra - EPOCH_DAYS;
    }

    private static int lengthOf(int month, int year) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private static int digits(char[] text, int at, int length, int from, int to) {
        int value = 0;
        for (int i = at + from; i < at + to; i++) {
            char c = text[i];
            if (c < '0' || c > '9') {
                throw fault(text, at, length);
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    private static RowFault fault(char[] text, int at, int length) {
        return new RowFault(RowFault.DATE, "not a date: " + Texts.cut(new String(text, at, length), 40));
    }
}
