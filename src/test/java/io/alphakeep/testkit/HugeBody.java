package io.alphakeep.testkit;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;

/**
 * A body of {@code TIME_SERIES_INTRADAY}, 1min, as long as one likes and never held as a whole: laid out as the API does it,
 * newest bar first, a bar for each minute from 04:00 to 19:59 of weekdays. Figures depend on the row alone, so that a
 * reader can work them out again. Not for use by several threads.
 */
public final class HugeBody extends InputStream {

    public static final String SYMBOL = "IBM";
    public static final LocalDate NEWEST_DAY = LocalDate.of(2026, 5, 15);

    private static final int MINUTES_A_DAY = 16 * 60;
    private static final int FIRST_MINUTE = 4 * 60;

    private final long bytes;
    private long made;
    private long rows;
    private LocalDate day = NEWEST_DAY;
    private int minute = MINUTES_A_DAY - 1;
    private byte[] part;
    private int at;
    private boolean ended;

    /** @param bytes about how long the body shall be: it ends with the first row that reaches this */
    public HugeBody(long bytes) {
        this.bytes = bytes;
        part = bytes("""
                {
                    "Meta Data": {
                        "1. Information": "Intraday (1min) open, high, low, close prices and volume",
                        "2. Symbol": "%s",
                        "3. Last Refreshed": "%s 19:59:00",
                        "4. Interval": "1min",
                        "5. Output Size": "Full size",
                        "6. Time Zone": "US/Eastern"
                    },
                    "Time Series (1min)": {
                """.formatted(SYMBOL, NEWEST_DAY));
        made = part.length;
    }

    /** How many rows were made so far. */
    public long rows() {
        return rows;
    }

    /** The close of a row, counted from 0, the newest, as the body writes it. */
    public static String close(long row) {
        return (100 + row % 900) + "." + String.format(Locale.ROOT, "%04d", row * 37 % 10_000);
    }

    @Override
    public int read() {
        if (at == part.length && !more()) {
            return -1;
        }
        return part[at++] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int count = 0;
        while (count < length && (at < part.length || more())) {
            int taken = Math.min(length - count, part.length - at);
            System.arraycopy(part, at, into, offset + count, taken);
            at += taken;
            count += taken;
        }
        return count == 0 ? -1 : count;
    }

    private boolean more() {
        if (ended) {
            return false;
        }
        if (made >= bytes && rows > 0) {
            ended = true;
            part = bytes("\n    }\n}\n");
        } else {
            part = row();
        }
        at = 0;
        made += part.length;
        return true;
    }

    private byte[] row() {
        int time = FIRST_MINUTE + minute;
        String close = close(rows);
        StringBuilder row = new StringBuilder(256);
        row.append(rows == 0 ? "" : ",\n").append("        \"").append(day).append(' ');
        row.append(time < 600 ? "0" : "").append(time / 60).append(time % 60 < 10 ? ":0" : ":");
        row.append(time % 60).append(":00\": {\n            \"1. open\": \"").append(close);
        row.append("\",\n            \"2. high\": \"").append(close).append("\",\n            \"3. low\": \"");
        row.append(close).append("\",\n            \"4. close\": \"").append(close);
        row.append("\",\n            \"5. volume\": \"").append(rows % 100_000).append("\"\n        }");
        rows++;
        if (--minute < 0) {
            minute = MINUTES_A_DAY - 1;
            day = day.minusDays(day.getDayOfWeek() == DayOfWeek.MONDAY ? 3 : 1);
        }
        return bytes(row.toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
