package io.alphakeep.write;

import io.alphakeep.market.Bars;
import java.math.BigDecimal;

/**
 * What is needed of a bar to judge the one after it: its second and its close. One serves a whole answer, moving along
 * storage merged with the answer.
 */
final class BarBefore {

    private boolean exists;
    private long second;
    /** Whether digits and scale say the close; if not, whole does, where it is not null. */
    private boolean plain;

    private long unscaled;
    private int scale;
    private BigDecimal whole;

    static BarBefore none() {
        return new BarBefore();
    }

    static BarBefore of(long second, BigDecimal close) {
        BarBefore before = new BarBefore();
        before.is(second, close);
        return before;
    }

    void is(long second, BigDecimal close) {
        at(second);
        plain = false;
        whole = close;
    }

    void is(long second, long unscaled, int scale) {
        at(second);
        plain = true;
        this.unscaled = unscaled;
        this.scale = scale;
        whole = null;
    }

    void is(Bars bars, int index) {
        if (bars.isPlain(Bars.Figure.CLOSE, index)) {
            is(bars.second(index), bars.unscaled(Bars.Figure.CLOSE, index), bars.scale(Bars.Figure.CLOSE, index));
        } else {
            is(bars.second(index), bars.value(Bars.Figure.CLOSE, index));
        }
    }

    boolean exists() {
        return exists;
    }

    /** Since 1970-01-01T00:00Z. */
    long second() {
        return second;
    }

    boolean isPlain() {
        return plain;
    }

    long unscaled() {
        return unscaled;
    }

    int scale() {
        return scale;
    }

    /** Null where the bar has none. */
    BigDecimal close() {
        return plain ? BigDecimal.valueOf(unscaled, scale) : whole;
    }

    private void at(long newSecond) {
        exists = true;
        second = newSecond;
    }
}
