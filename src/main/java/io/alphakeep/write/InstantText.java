package io.alphakeep.write;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Instants as PostgreSQL reads them whatever the session's zone: {@code 2024-05-07 13:30:00+00}. The text of a day is kept
 * for the day's other bars. Not for use by several threads.
 */
final class InstantText {

    static final int MAX_BYTES = 32;

    private static final int DAY_SECONDS = 86_400;

    private final byte[] dayText = new byte[16];
    private int dayLength;
    private long day = Long.MIN_VALUE;

    /**
     * @param to     with room for {@link #MAX_BYTES} from {@code at} on
     * @param second since 1970-01-01T00:00Z
     * @return where the next byte goes
     */
    int put(byte[] to, int at, long second) {
        long epochDay = Math.floorDiv(second, (long) DAY_SECONDS);
        if (epochDay != day) {
            dayLength =
                    FigureText.put(dayText, 0, LocalDate.ofEpochDay(epochDay).toString());
            day = epochDay;
        }
        System.arraycopy(dayText, 0, to, at, dayLength);
        int next = at + dayLength;
        int time = (int) (second - epochDay * DAY_SECONDS);
        next = two(to, next, ' ', time / 3_600);
        next = two(to, next, ':', time / 60 % 60);
        next = two(to, next, ':', time % 60);
        return two(to, next, '+', 0);
    }

    String of(long second) {
        byte[] text = new byte[MAX_BYTES];
        return new String(text, 0, put(text, 0, second), StandardCharsets.ISO_8859_1);
    }

    private static int two(byte[] to, int at, char before, int number) {
        to[at] = (byte) before;
        to[at + 1] = (byte) ('0' + number / 10);
        to[at + 2] = (byte) ('0' + number % 10);
        return at + 3;
    }
}
