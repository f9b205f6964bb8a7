package io.alphakeep.scale;

import io.alphakeep.testkit.Packaged;
import java.util.concurrent.TimeUnit;

/** Runs of the packaged program that may take hours. */
public final class Patient {

    private static final long LONGEST_HOURS = 6;

    private Patient() {}

    public static Packaged.Finished run(Packaged program, String... arguments) {
        Packaged.Running running = program.start(arguments);
        try {
            if (!running.process().waitFor(LONGEST_HOURS, TimeUnit.HOURS)) {
                running.process().destroyForcibly();
            }
        } catch (InterruptedException e) {
            running.process().destroyForcibly();
            Thread.currentThread().interrupt();
        }
        return running.await();
    }
}
