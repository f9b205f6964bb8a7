package io.alphakeep.advise.seen;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The server's settings and counters.
 *
 * @param version        as server_version_num
 * @param month          the running one in UTC, as months since the year 0
 * @param database       the one that is looked at
 * @param role           the one that looks
 * @param settings       by name; those that the server does not have, or the role may not see, are absent
 * @param connections    open now
 * @param countedSeconds since the counters of the database began; not more than since then
 * @param resetSeconds   since they were reset; empty when they never were: they outlive a restart, and nobody knows how many
 * @param tempBytes      written to temporary files by this database since they began
 * @param timed          checkpoints by time
 * @param requested      checkpoints because WAL was full, or by command
 * @param walBuffersFull times that WAL was written because its buffers were full
 * @param maker          the schema has {@code create_monthly_partition}, quoted with its schema; empty when not
 * @param hypothetical   the schema of HypoPG where it is installed
 */
public record Server(
        int version,
        int month,
        String database,
        String role,
        Map<String, Setting> settings,
        long connections,
        long countedSeconds,
        OptionalLong resetSeconds,
        long tempBytes,
        long timed,
        long requested,
        long walBuffersFull,
        Optional<String> maker,
        Optional<String> hypothetical) {

    private static final long KIBIBYTE = 1024;

    /**
     * A setting as pg_settings has it.
     *
     * @param value   in the unit
     * @param unit    empty, {@code 8kB}, {@code kB}, {@code MB}, {@code ms}, {@code s} or {@code min}
     * @param source  where the value comes from
     * @param file    the configuration file; empty where there is none or it may not be seen
     * @param waits   another value waits for the next start
     * @param restart it can only be set at the start
     * @param choices of an enumeration, with commas; empty else
     */
    public record Setting(
            String value, String unit, String source, String file, boolean waits, boolean restart, String choices) {

        /** The value with its unit, as a person would write it. */
        public String written() {
            if (unit.isEmpty() || !value.matches("\\d{1,15}")) {
                return value;
            }
            return unit.equals("8kB") ? Long.parseLong(value) * 8 + "kB" : value + unit;
        }

        /** Another value waits for the next start, and will be taken then: a command line goes on hiding the file's. */
        public boolean pending() {
            return waits && !source.equals("command line") && !source.equals("environment variable");
        }
    }

    public Optional<Setting> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /** The value of a setting, empty when it is not known. */
    public String text(String name) {
        return setting(name).map(Setting::value).orElse("");
    }

    public OptionalLong number(String name) {
        String value = text(name);
        return value.matches("-?\\d{1,18}") ? OptionalLong.of(Long.parseLong(value)) : OptionalLong.empty();
    }

    /** A setting of memory or disk in bytes; empty when not known, or when negative (automatic, or without limit). */
    public OptionalLong bytes(String name) {
        OptionalLong number = number(name);
        if (number.isEmpty() || number.getAsLong() < 0) {
            return OptionalLong.empty();
        }
        long unit = switch (settings.get(name).unit()) {
            case "8kB" -> 8 * KIBIBYTE;
            case "kB" -> KIBIBYTE;
            case "MB" -> KIBIBYTE * KIBIBYTE;
            default -> 1;
        };
        return OptionalLong.of(number.getAsLong() * unit);
    }
}
