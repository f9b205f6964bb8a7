package io.alphakeep.observe;

import java.time.Duration;
import java.util.List;

/**
 * One look at what gauges tell of.
 *
 * @param name   as the label {@code sample} has it
 * @param meters whose values it finds; those that it does not find are gone
 * @param every  not more often than this, and not before the process serves; zero = as often as any other, and before
 */
record Look(String name, List<Meter> meters, Duration every, Finder finder) {

    Look(String name, List<Meter> meters, Finder finder) {
        this(name, meters, Duration.ZERO, finder);
    }

    /** Finds the values; throws {@link io.alphakeep.db.DatabaseException} when it can't. */
    @FunctionalInterface
    interface Finder {
        List<Sample> find();
    }
}
