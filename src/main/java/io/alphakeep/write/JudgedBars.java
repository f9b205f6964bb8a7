package io.alphakeep.write;

import io.alphakeep.market.Bars;
import java.sql.Connection;
import java.sql.SQLException;

/** An answer's bars as they will be stored, and what each of them is to storage. */
final class JudgedBars {

    /** What a bar is to storage: it is there as it came; it is not there; it is there with other values. */
    static final byte SAME = 1;

    static final byte NEW = 2;
    static final byte CHANGED = 4;
    /** It is there, and whether the JSON means the same is for the server to say. */
    static final byte UNSURE = 8;

    private final BarTarget target;
    private final Bars bars;
    private final short[] flags;
    private final byte[] verdicts;
    private int fresh;
    private int changed;
    private int unsure;

    private JudgedBars(BarTarget target, Bars bars) {
        this.target = target;
        this.bars = bars;
        this.flags = new short[bars.size()];
        this.verdicts = new byte[bars.size()];
    }

    /**
     * Merges the answer with what is stored.
     *
     * @param stored from before the answer's first bar on, where there is one within {@link Cadence#lookback}; without what
     *     will be removed
     */
    static JudgedBars of(Connection connection, BarTarget target, Bars bars, StoredRows stored) throws SQLException {
        JudgedBars judged = new JudgedBars(target, bars);
        if (bars.isEmpty()) {
            return judged;
        }
        boolean more = stored.next();
        boolean startsLater = !more || stored.row().micros() >= micros(bars, 0);
        BarBefore before = startsLater && Cadence.of(target.series()) != Cadence.QUOTE
                ? StoredCursor.before(connection, target, bars.second(0))
                : BarBefore.none();
        judged.merge(stored, more, before);
        return judged;
    }

    private void merge(StoredRows stored, boolean first, BarBefore before) throws SQLException {
        QualityFlags quality =
                new QualityFlags(target.series(), target.context().now());
        boolean more = first;
        for (int i = 0; i < bars.size(); i++) {
            long micros = micros(bars, i);
            while (more && stored.row().micros() < micros) {
                stored.row().tell(before);
                more = stored.next();
            }
            flags[i] = (short) quality.of(bars, i, before);
            if (more && stored.row().micros() == micros) {
                verdict(i, stored.row().verdict(bars, i, flags[i], raw(i)));
                more = stored.next();
            } else {
                verdict(i, NEW);
            }
            before.is(bars, i);
        }
    }

    private void verdict(int index, byte verdict) {
        verdicts[index] = verdict;
        fresh += verdict == NEW ? 1 : 0;
        changed += verdict == CHANGED ? 1 : 0;
        unsure += verdict == UNSURE ? 1 : 0;
    }

    BarTarget target() {
        return target;
    }

    Bars bars() {
        return bars;
    }

    int size() {
        return flags.length;
    }

    /** See {@link QualityFlags}. */
    int flag(int index) {
        return flags[index];
    }

    byte verdict(int index) {
        return verdicts[index];
    }

    /** JSON for {@code raw_payload}; null when no column is needed for it. */
    String raw(int index) {
        return target.context().fullRaw() ? FullBar.json(bars, index) : bars.rest(index);
    }

    /** Whether any bar may have some. */
    boolean hasRaw() {
        return target.context().fullRaw() || bars.hasRest();
    }

    /** How many have the verdict; those that are the {@link #SAME} are not counted. */
    int count(byte verdict) {
        return switch (verdict) {
            case NEW -> fresh;
            case CHANGED -> changed;
            case UNSURE -> unsure;
            default -> throw new IllegalArgumentException("verdict " + verdict + " is not counted");
        };
    }

    private static long micros(Bars bars, int index) {
        return bars.second(index) * 1_000_000;
    }
}
