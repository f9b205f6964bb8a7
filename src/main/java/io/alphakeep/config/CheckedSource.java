package io.alphakeep.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Our settings, as {@link Settings} chose, stripped and checked them, above every other source: what the framework would
 * read of the environment by itself is the raw text. Registered as a service; empty until {@code Main} hands something over.
 */
public final class CheckedSource implements ConfigSource {

    private static volatile Map<String, String> handedOver = Map.of();

    /** @param properties by key; a setting that is not among them has no value, whatever other sources say */
    static void handOver(Map<String, String> properties) {
        Map<String, String> ours = new HashMap<>();
        Setting.all().forEach(setting -> ours.put(setting.key(), properties.getOrDefault(setting.key(), "")));
        handedOver = Map.copyOf(ours);
    }

    @Override
    public Set<String> getPropertyNames() {
        return handedOver.keySet();
    }

    @Override
    public String getValue(String name) {
        return handedOver.get(name);
    }

    @Override
    public String getName() {
        return "alphakeep settings, checked";
    }

    /** System properties have 400. */
    @Override
    public int getOrdinal() {
        return 450;
    }
}
