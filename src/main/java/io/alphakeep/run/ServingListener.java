package io.alphakeep.run;

/** Hears what a process does that stays; from several threads, and without I/O on their time. */
public interface ServingListener {

    ServingListener SILENT = new ServingListener() {};

    /**
     * A run begins.
     *
     * @param door which way it came, as {@code alpha_run} has it
     * @return who hears of it
     */
    default RunListener runBegan(String door) {
        return RunListener.SILENT;
    }

    default void maintenanceEnded(MaintainReport report) {}
}
