package io.alphakeep.budget;

import java.time.Duration;
import java.time.Instant;

/** The answer to "may I ask now?". Instants are of the database's clock; durations hold by any clock. */
public sealed interface Reservation {

    /** What a wait is for. */
    enum Reason {
        SECOND,
        MINUTE,
        /** The provider complained: everybody waits. */
        PAUSE
    }

    /** One request may go out, at once; it is counted whether it does or not. */
    record Granted(Instant at) implements Reservation {}

    /**
     * Nothing was reserved; ask again.
     *
     * @param until when to ask again; others may be faster then
     * @param in    the same as a time from now
     */
    record Wait(Instant until, Duration in, Reason reason) implements Reservation {}

    /**
     * The day's requests are spent, as counted here or as the provider said.
     *
     * @param until when the next day begins
     * @param in    the same as a time from now
     */
    record DaySpent(Instant until, Duration in) implements Reservation {}
}
