package io.alphakeep.run;

/** Hears what a run does, from several threads, and does no I/O of its own on the run's time. */
public interface RunListener {

    RunListener SILENT = new RunListener() {};

    default void planned(long run, int requests) {}

    /**
     * One planned request is over, whatever came of it.
     *
     * @param function the API's name
     */
    default void requestEnded(String series, String function, String outcome) {}

    default void waiting(String why) {}

    /** The run is over, of a process that stays. */
    default void ended(RunReport report) {}
}
