package io.alphakeep.config;

import java.util.HashMap;
import java.util.Map;

/**
 * Our settings, as {@link Settings} chose, stripped and checked them, above every other source: what the framework would
 * read of the environment by itself is the raw text. Registered as a service; empty until {@code Main} hands something over.
 */
public final class CheckedSource extends HandedOver {

    private static volatile Map<String, String> handedOver = Map.of();

    /** System properties have 400. */
    public CheckedSource() {
        super("alphakeep settings, checked", 450);
    }

    /** @param properties by key; a setting that is not among them has no value, whatever other sources say */
    static void handOver(Map<String, String> properties) {
        Map<String, String> ours = new HashMap<>();
        Setting.all().forEach(setting -> ours.put(setting.key(), properties.getOrDefault(setting.key(), "")));
        handedOver = Map.copyOf(ours);
    }

    @Override
    Map<String, String> properties() {
        return handedOver;
    }
}
