package io.alphakeep.advise.rule;

import io.alphakeep.advise.seen.Machine;
import java.util.ArrayList;
import java.util.List;

/** All rules, in the order in which their findings should be read. */
public final class Rules {

    public static final List<Rule> ALL = List.of(
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
