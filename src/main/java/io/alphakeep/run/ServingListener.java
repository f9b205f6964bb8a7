package io.alphakeep.run;

/** Hears what a process does that stays; from several threads, and without I/O on their time. */
public interface ServingListener extends RunListener {

    ServingListener SILENT = new ServingListener() {};

    /** @param door which way it came, as {@code alpha_run} has it */
    default void runEnded(String door, RunReport report) {}

    default void maintenanceEnded(MaintainReport report) {}
}
