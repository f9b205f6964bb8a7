package io.alphakeep.ledger;

import io.alphakeep.market.Series;

/**
 * The run was too slow: its lease of the series expired and another run took it over. What the run was about to commit
 * for this series must be rolled back, or it would be counted twice; the run itself goes on.
 */
public final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long run;
    private final transient Series series;

    LeaseLostException(long run, Series series) {
        super("run " + run + " no longer holds the lease of " + series
                + ": it expired and another run took the series over");
        this.run = run;
        this.series = series;
    }

    public long run() {
        return run;
    }

    public Series series() {
        return series;
    }
}
