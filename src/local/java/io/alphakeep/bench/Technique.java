package io.alphakeep.bench;

/** One way to do a work that others do too. */
interface Technique {

    /** As a reader knows it: {@code "psycopg2 executemany"}. */
    String name();

    /** Of what {@link #round} returns. */
    Samples.Unit unit();

    /**
     * Does the work once. What belongs not to the work (making rows, emptying the table) stands outside of what is timed.
     *
     * @param round counts from 0; warm-up rounds count below 0
     * @return what it took
     */
    double round(int round) throws Exception;
}
