package io.alphakeep.local;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Which request meets which fault, decided by a seed and the request's number and by nothing else. */
final class FaultPlan {

    private final Map<Fault, Double> rates;
    private final long seed;

    FaultPlan(Map<Fault, Double> rates, long seed) {
        this.rates = new EnumMap<>(Fault.class);
        this.rates.putAll(rates);
        this.seed = seed;
    }

    /** One draw for all kinds, so that each keeps its rate; rates that add up to more than 1 starve the later kinds. */
    Optional<Fault> at(long requestNumber) {
        double draw = Noise.uniform(seed, requestNumber, 100);
        for (Map.Entry<Fault, Double> entry : rates.entrySet()) {
            draw -= entry.getValue();
            if (draw < 0) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }
}
