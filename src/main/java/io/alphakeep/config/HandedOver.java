package io.alphakeep.config;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Properties that {@code Main} hands over to the framework before it starts. */
abstract class HandedOver implements ConfigSource {

    private final String name;
    private final int ordinal;

    HandedOver(String name, int ordinal) {
        this.name = name;
        this.ordinal = ordinal;
    }

    /** By key; never null. */
    abstract Map<String, String> properties();

    @Override
    public Set<String> getPropertyNames() {
        return properties().keySet();
    }

    @Override
    public String getValue(String key) {
        return properties().get(key);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public int getOrdinal() {
        return ordinal;
    }
}
