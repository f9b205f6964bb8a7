package io.alphakeep.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Our meters in a registry. How many series there can be is the product of the labels' closed sets: what is outside of them
 * is counted together, as {@value Label#OTHER}. Safe for use by several threads.
 */
final class Meters {

    private final MeterRegistry registry;
    private final Map<Meter, Map<Tags, Value>> gauges = new EnumMap<>(Meter.class);

    /** What a series of a gauge is at. A series that stays is never taken away in between: a scrape may come at any time. */
    private static final class Value implements Supplier<Number> {
        private Gauge gauge;
        private volatile double now;

        @Override
        public Number get() {
            return now;
        }
    }

    /** Registers all counters and timers, so that they are there at 0. */
    Meters(MeterRegistry registry) {
        this.registry = registry;
        for (Meter meter : Meter.values()) {
            if (meter.kind() == Meter.Kind.GAUGE) {
                gauges.put(meter, new HashMap<>());
            } else {
                combinations(meter.labels()).forEach(labels -> {
                    if (meter.kind() == Meter.Kind.COUNTER) {
                        counter(meter, labels);
                    } else {
                        timer(meter, labels);
                    }
                });
            }
        }
    }

    void count(Meter meter, double amount, String... labels) {
        counter(meter, List.of(labels)).increment(amount);
    }

    void took(Meter meter, Duration time, String... labels) {
        timer(meter, List.of(labels)).record(time);
    }

    /** Makes these the only values of their meters; those of meters that are not in it stay. */
    synchronized void set(List<Meter> meters, List<Sample> samples) {
        for (Meter meter : meters) {
            Map<Tags, Double> found = new HashMap<>();
            for (Sample sample : samples) {
                if (sample.meter() == meter) {
                    found.merge(tags(meter, sample.labels()), sample.value(), (a, b) -> together(meter, a, b));
                }
            }
            Map<Tags, Value> values = gauges.get(meter);
            found.forEach((tags, now) -> {
                Value value = values.computeIfAbsent(tags, t -> new Value());
                value.now = now;
                if (value.gauge == null) {
                    value.gauge = Gauge.builder(meter.registered(), value)
                            .description(meter.help())
                            .tags(tags)
                            .register(registry);
                }
            });
            values.entrySet().removeIf(value -> {
                boolean gone = !found.containsKey(value.getKey());
                if (gone) {
                    registry.remove(value.getValue().gauge);
                }
                return gone;
            });
        }
    }

    /** Of several values that have one name by now: the later time, the longer duration, the sum of what is counted. */
    private static double together(Meter meter, double a, double b) {
        return meter.exposed().endsWith("_seconds") ? Math.max(a, b) : a + b;
    }

    private Counter counter(Meter meter, List<String> labels) {
        return Counter.builder(meter.registered())
                .description(meter.help())
                .tags(tags(meter, labels))
                .register(registry);
    }

    private Timer timer(Meter meter, List<String> labels) {
        return Timer.builder(meter.registered())
                .description(meter.help())
                .tags(tags(meter, labels))
                .register(registry);
    }

    private static Tags tags(Meter meter, List<String> values) {
        if (values.size() != meter.labels().size()) {
            throw new IllegalArgumentException(meter + " has the labels " + meter.labels() + ", but got " + values);
        }
        Tags tags = Tags.empty();
        for (int i = 0; i < values.size(); i++) {
            Label label = meter.labels().get(i);
            tags = tags.and(label.text(), label.value(values.get(i)));
        }
        return tags;
    }

    private static List<List<String>> combinations(List<Label> labels) {
        List<List<String>> all = List.of(List.of());
        for (Label label : labels) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> begun : all) {
                for (String value : label.known()) {
                    List<String> one = new ArrayList<>(begun);
                    one.add(value);
                    longer.add(one);
                }
            }
            all = longer;
        }
        return all;
    }
}
