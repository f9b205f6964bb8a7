package io.alphakeep.ledger;

/** What came of opening a run that does not begin under all circumstances. */
public sealed interface Opening {

    /** Its line is written. */
    record Opened(long run) implements Opening {}

    /** Another run is alive, and so nothing was written. */
    record Held(RunLine holder) implements Opening {}

    /** This time of the schedule, or a later one, was begun by somebody already. */
    record Taken() implements Opening {}
}
