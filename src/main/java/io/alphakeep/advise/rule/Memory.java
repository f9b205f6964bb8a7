package io.alphakeep.advise.rule;

import static io.alphakeep.advise.Severity.INFO;
import static io.alphakeep.advise.Severity.WARN;
import static io.alphakeep.advise.rule.Sizes.GIB;
import static io.alphakeep.advise.rule.Sizes.MIB;

import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The settings of memory against the memory of the server. The original plan's values are what is aimed at (a quarter of the
 * memory, three quarters, 256 MB, 1 GB, 128 MB), less where the machine is too small for as many connections as may come.
 */
final class Memory implements Rule {

    private static final long PLAN_WORK = 256 * MIB;
    private static final long PLAN_MAINTENANCE = GIB;
    private static final long PLAN_TEMP = 128 * MIB;
    private static final long LEAST_WORK = 4 * MIB;
    private static final long LEAST_MAINTENANCE = 64 * MIB;
    private static final long LEAST_TEMP = 8 * MIB;
    private static final long MUCH_SPILLED = GIB;

    /** Sorts and hashes of the connections together may take this part of what shared_buffers leaves. */
    private static final int WORK_PART = 3;

    private static final int TEMP_PART = 4;
    private static final int MAINTENANCE_PART = 16;
    private static final int MAINTENANCE_MOST = 8;

    private static final String RESOURCE = "resource";

    @Override
    public List<Finding> on(Observed observed) {
        OptionalLong memory = observed.machine().memoryBytes();
        if (memory.isEmpty()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        findings.addAll(sharedBuffers(observed, memory.getAsLong()));
        findings.addAll(cache(observed, memory.getAsLong()));
        findings.addAll(work(observed, memory.getAsLong()));
        findings.addAll(maintenance(observed, memory.getAsLong()));
        findings.addAll(temp(observed, memory.getAsLong()));
        return findings;
    }

    private static List<Finding> sharedBuffers(Observed observed, long memory) {
        long value = observed.server().bytes("shared_buffers").orElse(-1);
        long target = memory / 4;
        if (value < 0 || (value >= target / 2 && value <= memory * 2 / 5)) {
            return List.of();
        }
        String evidence = Sizes.text(value) + " of " + memory(observed);
        String why = value < target
                ? "a quarter of the memory is where to begin; with less, pages that were just read are read again"
                : "above two fifths the system's own cache has too little left, and pages are held twice";
        return new Alter(observed)
                .to(Sizes.setting(target), "shared_buffers", "shared-buffers", WARN, evidence, why, RESOURCE);
    }

    private static List<Finding> cache(Observed observed, long memory) {
        long value = observed.server().bytes("effective_cache_size").orElse(-1);
        if (value < 0 || (value >= memory / 2 && value <= memory)) {
            return List.of();
        }
        String why = value < memory
                ? "the planner believes that little of an index is cached, and reads tables from end to end instead"
                : "the planner believes that all is cached, and jumps through indexes where it should read in order";
        return new Alter(observed)
                .to(
                        Sizes.setting(memory / 4 * 3),
                        "effective_cache_size",
                        "effective-cache-size",
                        INFO,
                        Sizes.text(value) + " of " + memory(observed),
                        why,
                        "query");
    }

    private static List<Finding> work(Observed observed, long memory) {
        Server server = observed.server();
        long value = server.bytes("work_mem").orElse(-1);
        long connections = Connections.reckoned(observed).orElse(-1);
        if (value < 0 || connections < 1) {
            return List.of();
        }
        long left = memory
                - Math.min(
                        memory / 2,
                        Math.max(memory / 4, server.bytes("shared_buffers").orElse(0)));
        long target = mib(clamp(left / connections / WORK_PART, LEAST_WORK, PLAN_WORK));
        String evidence = Sizes.text(value) + " for each sort or hash of up to " + connections(observed) + ", "
                + memory(observed) + "; " + Sizes.text(server.tempBytes()) + " written to temporary files"
                + (server.resetSeconds().isPresent()
                        ? " in " + Sizes.duration(server.resetSeconds().getAsLong())
                        : " since they are counted");
        if (value > target && value > left / connections) {
            return set(
                    observed,
                    target,
                    "work_mem",
                    "work-mem",
                    WARN,
                    evidence,
                    "when all connections sort at once there is not enough memory, and the system ends the server");
        }
        if (value < target / 2) {
            return set(
                    observed,
                    target,
                    "work_mem",
                    "work-mem",
                    server.tempBytes() >= MUCH_SPILLED ? WARN : INFO,
                    evidence,
                    "sorts and hashes that do not fit go through files; the plan's 256 MB, as far as the machine has it");
        }
        return List.of();
    }

    private static List<Finding> maintenance(Observed observed, long memory) {
        long value = observed.server().bytes("maintenance_work_mem").orElse(-1);
        long target = mib(clamp(memory / MAINTENANCE_PART, LEAST_MAINTENANCE, PLAN_MAINTENANCE));
        String evidence = Sizes.text(value) + " of " + memory(observed);
        if (value > Math.max(target, memory / MAINTENANCE_MOST)) {
            return set(
                    observed,
                    target,
                    "maintenance_work_mem",
                    "maintenance-work-mem",
                    WARN,
                    evidence,
                    "each autovacuum worker and each index build may take as much at once");
        }
        if (value >= 0 && value < target / 2) {
            return set(
                    observed,
                    target,
                    "maintenance_work_mem",
                    "maintenance-work-mem",
                    INFO,
                    evidence,
                    "index builds of old months and VACUUM go over their data more often than they need to");
        }
        return List.of();
    }

    private static List<Finding> temp(Observed observed, long memory) {
        long value = observed.server().bytes("temp_buffers").orElse(-1);
        long connections = Connections.reckoned(observed).orElse(-1);
        if (value < 0 || connections < 1) {
            return List.of();
        }
        long target = mib(clamp(memory / TEMP_PART / connections, LEAST_TEMP, PLAN_TEMP));
        String evidence = Sizes.text(value) + " for each of up to " + connections(observed) + ", " + memory(observed);
        if (value > target && value > memory / connections / 2) {
            return set(
                    observed,
                    target,
                    "temp_buffers",
                    "temp-buffers",
                    WARN,
                    evidence,
                    "a session never gives back what its temporary tables took; together they outgrow the memory");
        }
        if (value < target / 2) {
            return set(
                    observed,
                    target,
                    "temp_buffers",
                    "temp-buffers",
                    INFO,
                    evidence,
                    "temporary tables larger than that are written to disk; it is taken only by sessions that use them");
        }
        return List.of();
    }

    private static List<Finding> set(
            Observed observed, long target, String name, String id, Severity severity, String evidence, String why) {
        return new Alter(observed).to(Sizes.setting(target), name, id, severity, evidence, why, RESOURCE);
    }

    private static String connections(Observed observed) {
        long connections = Connections.reckoned(observed).orElse(0);
        boolean advised =
                connections != observed.server().number("max_connections").orElse(0);
        return connections + " connections" + (advised ? " (max_connections as advised)" : "");
    }

    private static String memory(Observed observed) {
        return Sizes.text(observed.machine().memoryBytes().orElse(0)) + " memory ("
                + observed.machine().source() + ")";
    }

    private static long clamp(long value, long least, long most) {
        return Math.max(least, Math.min(most, value));
    }

    private static long mib(long bytes) {
        return bytes / MIB * MIB;
    }
}
