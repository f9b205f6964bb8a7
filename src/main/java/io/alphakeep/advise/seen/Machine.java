package io.alphakeep.advise.seen;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the server runs on, as far as it is known.
 *
 * @param memoryBytes what the server may use, more than 0
 * @param cpus        whole processors, 1 or more
 * @param storage     under its data
 * @param source      where that is known from, for the reader of the evidence
 */
public record Machine(OptionalLong memoryBytes, OptionalInt cpus, Optional<Storage> storage, String source) {

    /** What the data lies on. */
    public enum Storage {
        SSD,
        HDD
    }

    public static final Machine UNKNOWN = new Machine(OptionalLong.empty(), OptionalInt.empty(), Optional.empty(), "");

    /** What is told wins over what was read, part by part. */
    public Machine or(Machine other) {
        return new Machine(
                memoryBytes.isPresent() ? memoryBytes : other.memoryBytes,
                cpus.isPresent() ? cpus : other.cpus,
                storage.or(other::storage),
                memoryBytes.isPresent() ? source : other.source);
    }
}
