package io.alphakeep.advise.rule;

import io.alphakeep.advise.Finding;
import io.alphakeep.advise.seen.Machine;
import io.alphakeep.advise.seen.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All rules, in the order in which their findings should be read. */
public final class Rules {

    private static final List<Rule> ALL = List.of(
            new Durability(),
            new Wraparound(),
            new ReplicationSlots(),
            new OpenTransactions(),
            new Autovacuum(),
            new PartitionRules(),
            new InvalidIndexes(),
            new SpareIndexes(),
            new MissingIndexes(),
            new Bloat(),
            new Queries(),
            new Memory(),
            new Wal(),
            new Connections(),
            new Costs(),
            new Toast(),
            new StatementLog(),
            new PendingRestart());

    private Rules() {}

    /** What all of them find. An index that is to be dropped is not advised to be built anew as well. */
    public static List<Finding> on(Observed observed) {
        List<Finding> findings = new ArrayList<>();
        ALL.forEach(rule -> findings.addAll(rule.on(observed)));
        Set<String> dropped = findings.stream()
                .filter(finding -> finding.changes().stream().anyMatch(Ours::isDrop))
                .map(Finding::subject)
                .collect(Collectors.toSet());
        findings.removeIf(finding -> finding.id().equals(Bloat.INDEX) && dropped.contains(finding.subject()));
        return findings;
    }

    /** What was not judged because the machine is not known, in one line; empty when all was. */
    public static List<String> unjudged(Machine machine) {
        List<String> settings = new ArrayList<>();
        List<String> flags = new ArrayList<>();
        if (machine.memoryBytes().isEmpty()) {
            settings.add("shared_buffers, effective_cache_size, work_mem, maintenance_work_mem, temp_buffers");
            flags.add("--memory 16GiB");
        }
        if (machine.cpus().isEmpty()) {
            settings.add("a high max_connections");
            flags.add("--cpus 4");
        }
        if (machine.storage().isEmpty()) {
            settings.add("random_page_cost");
            flags.add("--storage ssd");
        }
        return settings.isEmpty()
                ? List.of()
                : List.of(String.join(", ", settings) + ": the server's machine is not known; say "
                        + String.join(" ", flags));
    }
}
