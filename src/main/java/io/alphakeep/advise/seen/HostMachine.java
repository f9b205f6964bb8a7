package io.alphakeep.advise.seen;

import io.alphakeep.config.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/**
 * The machine of a server on this host: the least of its memory and processors and of what the control groups of the server's
 * own process allow, at every level (cgroup v2 memory.max, cpu.max and cpuset.cpus.effective; v1 memory.limit_in_bytes,
 * cpu.cfs_quota_us and cpuset.cpus). What this program's own groups leave to it says nothing of the server.
 */
public final class HostMachine {

    private static final long KIBIBYTE = 1024;

    private final Path root;

    /** @param root {@code /}, or a copy of it for tests */
    public HostMachine(Path root) {
        this.root = root;
    }

    /** What is known of the machine of the server behind an address: something only where that is this host. */
    public static IntFunction<Machine> behind(DatabaseUrl url) {
        return url.isLocal() ? new HostMachine(Path.of("/"))::of : process -> Machine.UNKNOWN;
    }

    /**
     * @param process a session of the server. Unless a process of that id is PostgreSQL's here, the server is elsewhere: a
     *     tunnel and a container's published port are loopback, too
     */
    public Machine of(int process) {
        Path proc = root.resolve("proc/" + process);
        Optional<String> name = text(proc.resolve("comm"));
        if (name.isEmpty() || !name.get().startsWith("postgres")) {
            return Machine.UNKNOWN;
        }
        long memory = memTotal();
        double cpus = count(root.resolve("sys/devices/system/cpu/online"));
        for (Path group : groups(proc)) {
            memory = Math.min(memory, limit(group.resolve("memory.max")));
            memory = Math.min(memory, limit(group.resolve("memory.limit_in_bytes")));
            cpus = Math.min(cpus, quota(group));
            cpus = Math.min(cpus, count(group.resolve("cpuset.cpus.effective")));
            cpus = Math.min(cpus, count(group.resolve("cpuset.cpus")));
        }
        return new Machine(
                memory == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(memory),
                cpus == Double.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) Math.max(1, Math.round(cpus))),
                Optional.empty(),
                "this host");
    }

    private long memTotal() {
        return text(root.resolve("proc/meminfo"))
                .orElse("")
                .lines()
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> line.replaceAll("\\D", ""))
                .filter(digits -> !digits.isEmpty())
                .mapToLong(digits -> Long.parseLong(digits) * KIBIBYTE)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    /** Of the process, with all that they are in. */
    private List<Path> groups(Path proc) {
        List<Path> groups = new ArrayList<>();
        for (String line : text(proc.resolve("cgroup")).orElse("").lines().toList()) {
            String[] parts = line.split(":", 3);
            if (parts.length < 3 || parts[2].contains("..")) {
                continue;
            }
            Path mount = root.resolve("sys/fs/cgroup");
            if (!parts[1].isEmpty()) {
                mount = mount.resolve(parts[1]);
            }
            Path group = mount.resolve(parts[2].replaceFirst("^/+", ""));
            while (group.startsWith(mount)) {
                groups.add(group);
                group = group.getParent();
            }
        }
        return groups;
    }

    /** Of a list of processors, {@code 0-3,8}; no limit where there is none, or where it is empty as in a group that has no own. */
    private static double count(Path list) {
        String ranges = text(list).orElse("");
        if (!ranges.matches("\\d{1,6}(-\\d{1,6})?(,\\d{1,6}(-\\d{1,6})?)*")) {
            return Double.MAX_VALUE;
        }
        double count = 0;
        for (String range : ranges.split(",")) {
            String[] ends = range.split("-");
            count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
        }
        return count;
    }

    private static double quota(Path group) {
        String[] v2 = text(group.resolve("cpu.max")).orElse("").split(" ");
        if (v2.length == 2) {
            return share(v2[0], v2[1]);
        }
        return share(
                text(group.resolve("cpu.cfs_quota_us")).orElse(""),
                text(group.resolve("cpu.cfs_period_us")).orElse(""));
    }

    private static double share(String quota, String period) {
        boolean limited = quota.matches("[1-9]\\d{0,17}") && period.matches("[1-9]\\d{0,17}");
        return limited ? Double.parseDouble(quota) / Double.parseDouble(period) : Double.MAX_VALUE;
    }

    private static long limit(Path file) {
        return text(file)
                .filter(value -> value.matches("[1-9]\\d{0,17}"))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
