package io.alphakeep.bench;

/**
 * A technique made of a piece of code.
 *
 * @param measure prepares, works, and says what the work took
 */
record Measured(String name, Samples.Unit unit, Measure measure) implements Technique {

    @FunctionalInterface
    interface Measure {
        double of(int round) throws Exception;
    }

    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    @Override
    public double round(int round) throws Exception {
        return measure.of(round);
    }

    static double seconds(Work work) throws Exception {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e9;
    }

    static double milliseconds(Work work) throws Exception {
        return seconds(work) * 1e3;
    }
}
