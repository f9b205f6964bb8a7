package io.alphakeep.bench;

/**
 * How much work each part does.
 *
 * @param bulkSeries    daily series that are written as new rows, each of {@link #barsPerSeries}
 * @param barsPerSeries bars of one of them: 25 years of sessions in the full bench
 * @param peerSeries    how many of them techniques get that would take minutes for all
 * @param readTickers   tickers of the tables that are read; each has daily, weekly, five-minute and minute bars
 * @param readBars      daily bars of one of them
 * @param sessions      sessions of minute bars of one of them
 * @param overviews     company overviews
 * @param requests      requests of 100 rows; the plan's day has 2,025
 * @param singles       single rows per round
 * @param batchRows     rows of one batch
 * @param queries       queries per round
 * @param bodyBars      bars of the body that is decoded; about 170 bytes each
 */
record Sizes(
        int bulkSeries,
        int barsPerSeries,
        int peerSeries,
        int readTickers,
        int readBars,
        int sessions,
        int overviews,
        int requests,
        int singles,
        int batchRows,
        int queries,
        int bodyBars) {

    static Sizes full() {
        return new Sizes(160, 6_250, 16, 60, 5_000, 21, 100_000, 2_025, 300, 1_000, 300, 6_250);
    }

    /**
     * The whole bench in less than two minutes on two cores. Ten years of bars: emptying and cleaning hundreds of partitions
     * would take longer than what is measured.
     */
    static Sizes quick() {
        return new Sizes(24, 2_500, 8, 15, 2_500, 21, 20_000, 200, 60, 1_000, 100, 6_250);
    }

    /** How far back the bars go at most. */
    int years() {
        return Math.max(barsPerSeries, readBars) / 260 + 2;
    }

    /**
     * What it takes, for people.
     *
     * @param whole all parts are measured; else nobody knows how long
     */
    String words(boolean quick, boolean whole) {
        long bytes = bulkRows() * 450L
                + peerRows() * 700L
                + requests * 30_000L
                + overviews * 6_000L
                + (long) readTickers * (readBars + sessions * 468L) * 700L;
        String disk = "up to %.1f GB of disk".formatted(bytes / 1e9);
        return whole ? disk + " and about " + (quick ? "two minutes" : "25 minutes") + " on two cores" : disk;
    }

    int bulkRows() {
        return bulkSeries * barsPerSeries;
    }

    int peerRows() {
        return peerSeries * barsPerSeries;
    }
}
