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

    /**
     * So many requests may go out, at once; they are counted whether they do or not.
     *
     * @param at           when, as it counts for the day
     * @param permits      how many, 1 or more
     * @param queued       how long the key's row was waited for before {@code at}
     * @param decidedNanos when it was decided, by {@link System#nanoTime}: after {@code at}, and before the instant that counts
     *                     for the second and the minute
     */
    record Granted(Instant at, int permits, Duration queued, long decidedNanos) implements Reservation {}

    /** Nothing was reserved. */
    sealed interface Refused extends Reservation {}

    /**
     * Ask again.
     *
     * @param until when to ask again; others may be faster then
     * @param in    the same as a time from now
     */
    record Wait(Instant until, Duration in, Reason reason) implements Refused {}

    /**
     * The day's requests are spent, as counted here or as the provider said.
     *
     * @param until when the next day begins
     * @param in    the same as a time from now
     */
    record DaySpent(Instant until, Duration in) implements Refused {}
}
