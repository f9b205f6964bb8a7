package io.alphakeep.bench;

import java.util.List;

/** Some lines of the report that are measured together. */
interface Part {

    /**
     * Measures in the bench's scratch schema. Tables that it makes there are its own to drop or to leave; those that it finds
     * there it leaves as it found them.
     *
     * @return what was measured, in the order to be shown; what could not be measured is told to {@link Bench#skip}
     * @throws InterruptedException when the bench is to end; whatever else is thrown ends the bench too
     */
    List<Comparison> measure(Bench bench) throws Exception;
}
