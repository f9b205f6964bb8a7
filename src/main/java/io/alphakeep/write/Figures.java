package io.alphakeep.write;

import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;

/** Arithmetic of figures that the bars have, without objects where both are plain and of one scale. */
final class Figures {

    private static final long[] ONES = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private Figures() {}

    static int compare(Bars bars, int index, Figure one, Figure other) {
        if (bars.isPlain(one, index)
                && bars.isPlain(other, index)
                && bars.scale(one, index) == bars.scale(other, index)) {
            return Long.compare(bars.unscaled(one, index), bars.unscaled(other, index));
        }
        return bars.value(one, index).compareTo(bars.value(other, index));
    }

    static int signum(Bars bars, int index, Figure figure) {
        return bars.isPlain(figure, index)
                ? Long.signum(bars.unscaled(figure, index))
                : bars.value(figure, index).signum();
    }

    /** Whether it is 1, as far as that can be seen cheaply. */
    static boolean isOne(Bars bars, int index, Figure figure) {
        return bars.isPlain(figure, index)
                && bars.scale(figure, index) < ONES.length
                && bars.unscaled(figure, index) == ONES[bars.scale(figure, index)];
    }
}
