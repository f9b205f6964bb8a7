package io.alphakeep.observe;

import java.util.List;

/**
 * One value of a gauge.
 *
 * @param labels as many values as the meter has labels, in its order
 */
record Sample(Meter meter, List<String> labels, double value) {

    static Sample of(Meter meter, double value, String... labels) {
        return new Sample(meter, List.of(labels), value);
    }
}
