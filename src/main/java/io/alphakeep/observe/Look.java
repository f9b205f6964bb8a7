package io.alphakeep.observe;

import java.util.List;

/**
 * One look at what gauges tell of.
 *
 * @param name   as the label {@code sample} has it
 * @param meters whose values it finds; those that it does not find are gone
 */
record Look(String name, List<Meter> meters, Finder finder) {

    /** Finds the values; throws {@link io.alphakeep.db.DatabaseException} when it can't. */
    @FunctionalInterface
    interface Finder {
        List<Sample> find();
    }
}
