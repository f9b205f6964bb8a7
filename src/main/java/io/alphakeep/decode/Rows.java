package io.alphakeep.decode;

import io.alphakeep.market.Bar;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import io.alphakeep.market.BarsBuilder;
import io.alphakeep.market.Reject;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the rows of a series in the order of the answer, and hands them out by ascending timestamp, one per timestamp.
 * A row that repeats the timestamp of an earlier one is found while its text is still at hand. What one body may take of
 * memory is bounded here: past a bound nothing of it is stored.
 */
final class Rows {

    /** A minute bar in CSV, the shortest row there is of so many, has 60 bytes: 1.1 million in the largest body by default. */
    static final int MAX_ROWS = 1_500_000;
    /** Rows that have to be sorted take twice the memory while they are. */
    static final int MAX_UNSORTED = 500_000;
    /** Figures of more than 18 digits, each an object of a hundred bytes. */
    static final int MAX_WIDE = 100_000;

    static final int MAX_REJECTS = 10_000;
    /** What no column holds, in characters of all rows together, each with a constant share for being a text at all. */
    static final int MAX_REST_CHARACTERS = 64 * 1024 * 1024;

    private static final int TEXT_OVERHEAD = 48;
    private static final int EXPECTED = 128;
    /** What stands read in the buffers of parsers and is no row yet, about: too few rows expected cost one more copy. */
    private static final long READ_AHEAD_BYTES = 16 * 1024;

    private final boolean intraday;
    private final BarsBuilder bars = new BarsBuilder(EXPECTED);
    private final List<Reject> rejects = new ArrayList<>();
    /** Local second of the row begun last, and of the one before it. */
    private long second;

    private long previous;
    /** 1 while rows ascend, -1 while they descend, 0 while there are too few to tell. */
    private int direction;
    /** Null as long as rows are in order, because then none can repeat an earlier one but the last. */
    private Seconds seen;

    private int wide;
    private long restCharacters;

    /** @param intraday stamps have a time of day in a zone; else a row stands at 00:00 UTC of its date */
    Rows(boolean intraday) {
        this.intraday = intraday;
    }

    /**
     * Begins a row.
     *
     * @throws RowFault when the stamp is no date, or has no time where it needs one; no row is begun then
     */
    void begin(char[] stamp, int at, int length) {
        long local = Stamps.local(stamp, at, length);
        if (intraday && !Stamps.hasTime(length)) {
            throw new RowFault(RowFault.DATE, "an intraday bar without a time");
        }
        check(bars.size() < MAX_ROWS, MAX_ROWS, "rows");
        second = intraday ? local : Stamps.startOfDay(local);
        bars.add(second);
    }

    boolean has(Figure figure) {
        return bars.has(figure);
    }

    /** @throws RowFault when the characters are no number; the row goes on without it */
    void put(Figure figure, char[] text, int at, int length) {
        if (Figures.put(bars, figure, text, at, length)) {
            check(++wide <= MAX_WIDE, MAX_WIDE, "figures of more than " + Figures.LONG_DIGITS + " digits");
        }
    }

    void rest(String json) {
        if (json == null) {
            return;
        }
        restCharacters += json.length() + TEXT_OVERHEAD;
        check(restCharacters <= MAX_REST_CHARACTERS, MAX_REST_CHARACTERS, "characters that no column holds");
        bars.rest(json);
    }

    /**
     * Ends the row begun last. The API lists a day twice after midnight (ALPHA VANTAGE quirk 12): the same twice is one,
     * else the first listed stays.
     *
     * @throws RowFault when another row of the answer has its timestamp and says something else; it is dropped by then
     */
    void end() {
        int row = bars.size() - 1;
        int earlier = row == 0 ? -1 : earlier(row);
        if (earlier < 0) {
            previous = second;
            return;
        }
        boolean same = bars.lastRepeats(earlier);
        bars.dropLast();
        if (!same) {
            throw duplicate(Stamps.text(second, intraday));
        }
    }

    /** Takes the row begun last back: it has a fault. */
    void drop() {
        bars.dropLast();
    }

    private int earlier(int row) {
        if (seen == null) {
            int step = Long.compare(second, previous);
            if (step == 0) {
                return row - 1;
            }
            if (direction == 0 || direction == step) {
                direction = step;
                return -1;
            }
            seen = Seconds.of(bars, row);
        }
        check(row < MAX_UNSORTED, MAX_UNSORTED, "rows that are in no order");
        return seen.put(second, row);
    }

    void reject(RowFault fault, String place, String payload) {
        check(rejects.size() < MAX_REJECTS, MAX_REJECTS, "rows that cannot be read");
        rejects.add(Texts.reject(fault, place, payload));
    }

    List<Reject> rejects() {
        return rejects;
    }

    /** How many rows there will be in all, as far as one can tell: memory grows to that and not past it. */
    void expect(long read, long left) {
        if (bars.size() % EXPECTED == 0 && read > 0 && left > 0) {
            long used = Math.max(read / 2, read - READ_AHEAD_BYTES);
            bars.expect((int) Math.min(MAX_ROWS, bars.size() * (read + left) / used + EXPECTED));
        }
    }

    /** @param zone of intraday stamps */
    Bars bars(ZoneId zone) {
        if (intraday) {
            bars.move(new ZoneShift(zone));
        }
        // Two local times can be one instant, where the clocks are put forward. Their texts are gone.
        return bars.build((dropped, kept) -> {
            if (!isSame(dropped, kept)) {
                String place = dropped.timestamp().toString();
                String stamp = Stamps.text(dropped.timestamp().getEpochSecond(), intraday) + " UTC";
                reject(duplicate(stamp), place, dropped.toString());
            }
        });
    }

    private static RowFault duplicate(String stamp) {
        return new RowFault(RowFault.DUPLICATE, "another row of the same answer, " + stamp + ", has this timestamp");
    }

    private static boolean isSame(Bar one, Bar other) {
        BarsBuilder both = new BarsBuilder(2);
        both.add(one);
        both.add(other);
        return both.lastRepeats(0);
    }

    private static void check(boolean fine, int bound, String what) {
        if (!fine) {
            throw DecodeException.tooMuch("more than " + bound + " " + what + " in one answer");
        }
    }
}
