package io.alphakeep.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** What the bench runs on. */
final class Surroundings {

    private static final String SETTINGS = """
            SELECT string_agg(name || ' ' || current_setting(name), ', ' ORDER BY name)
            FROM unnest(ARRAY['shared_buffers', 'max_wal_size', 'synchronous_commit', 'fsync', 'data_checksums',
                              'full_page_writes', 'jit']) AS name
            """;

    private static final String LOOPBACK = """
            SELECT coalesce(inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1', true)
            """;

    private Surroundings() {}

    static Map<String, String> of(Connection connection) throws SQLException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("program", "alphakeep " + version());
        all.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
        all.put("processor", processor());
        all.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        all.put("memory", memory());
        all.put("server", "PostgreSQL " + Sql.value(connection, "SHOW server_version"));
        all.put("server settings", Sql.value(connection, SETTINGS));
        all.put("way to the server", isLoopback(connection) ? "loopback" : "network");
        return all;
    }

    /** Whether the server is on this machine, as far as it can tell. */
    static boolean isLoopback(Connection connection) throws SQLException {
        return Sql.value(connection, LOOPBACK).equals("t");
    }

    private static String version() {
        try (InputStream in = Surroundings.class.getResourceAsStream("/alphakeep-version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            return "of an unknown version";
        }
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static String memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? "%.0f GiB".formatted(system.getTotalMemorySize() / (double) (1L << 30))
                : "unknown";
    }
}
