package io.alphakeep.maintain;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether something whose age is hidden from us lasts. The times of other roles' sessions are shown to members of {@code
 * pg_read_all_stats} only; so what is seen is looked for again, until the time is up.
 */
public final class Undated {

    private static final long LOOK_MILLIS = 200;

    private Undated() {}

    /**
     * Returns at once when there is none, and otherwise as soon as all that were seen at first are gone.
     *
     * @param look what is there now: words by what makes it the same one
     * @return the words of one that is still there after this time
     */
    public static Optional<String> lasting(Duration time, Supplier<Map<String, String>> look) {
        long end = System.nanoTime() + time.toNanos();
        Map<String, String> held = look.get();
        while (!held.isEmpty()) {
            if (System.nanoTime() >= end) {
                return Optional.of(held.values().iterator().next());
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                // Stopped: nothing is to be begun behind it any more.
                Thread.currentThread().interrupt();
                end = System.nanoTime();
            }
            held.keySet().retainAll(look.get().keySet());
        }
        return Optional.empty();
    }
}
