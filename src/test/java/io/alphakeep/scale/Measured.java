package io.alphakeep.scale;

import java.util.LinkedHashMap;
import java.util.Map;

/** The waits of one phase by kind of work, in the order of the table. */
public final class Measured {

    private final Map<String, Waits> waits = new LinkedHashMap<>();

    Measured() {
        Read.ALL.forEach(read -> waits.put(read.name(), new Waits()));
        Write.ALL.forEach(write -> waits.put(write.name(), new Waits()));
    }

    Waits of(Read read) {
        return waits.get(read.name());
    }

    Waits of(Write write) {
        return waits.get(write.name());
    }

    Map<String, Waits> all() {
        return waits;
    }

    void clear() {
        waits.values().forEach(Waits::clear);
    }

    public double worstMillis() {
        return waits.values().stream().mapToDouble(Waits::worstMillis).max().orElse(0);
    }
}
