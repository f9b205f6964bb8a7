package io.alphakeep.advise.rule;

import io.alphakeep.advise.Change;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Observed.Partition;
import io.alphakeep.advise.seen.Table;
import io.alphakeep.db.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Partitions are made ahead, are neither too many nor too large, and none of them is the default. */
final class PartitionRules implements Rule {

    private static final String BARS = "alpha_market_data";
    private static final int FEW_AHEAD = 2;
    private static final int KEPT_AHEAD = 3;
    private static final int MANY = 200;
    private static final int TOO_MANY = 1_000;
    private static final long LARGE_ROWS = 100_000_000;
    private static final long LARGE_PAGES = 50 * Sizes.GIB / Sizes.PAGE;
    private static final String MANUAL = "ddl-partitioning.html";

    @Override
    public List<Finding> on(Observed observed) {
        List<Finding> findings = new ArrayList<>();
        observed.tables().stream()
                .filter(table -> table.name().equals(BARS) && table.isPartitioned())
                .forEach(table -> findings.addAll(ahead(observed, table)));
        Map<String, Long> counts =
                observed.partitions().stream().collect(Collectors.groupingBy(Partition::parent, Collectors.counting()));
        counts.forEach((parent, count) -> findings.addAll(many(parent, count)));
        for (Table table : observed.tables()) {
            observed.partitions().stream()
                    .filter(partition ->
                            partition.isDefault() && partition.name().equals(table.name()))
                    .forEach(partition -> findings.add(defaultPartition(table)));
            if (!table.isPartitioned() && (table.rows() >= LARGE_ROWS || table.pages() >= LARGE_PAGES)) {
                findings.add(large(table));
            }
        }
        return findings;
    }

    private static List<Finding> ahead(Observed observed, Table table) {
        List<Integer> missing = new ArrayList<>();
        for (int month = 0; month <= KEPT_AHEAD; month++) {
            if (!holds(observed, month)) {
                missing.add(month);
            }
        }
        int ahead = missing.isEmpty() ? KEPT_AHEAD : Math.max(0, missing.get(0) - 1);
        if (!missing.isEmpty() && missing.get(0) == 0 || ahead < FEW_AHEAD) {
            boolean none = ahead == 0;
            return List.of(new Finding(
                    "partitions-ahead",
                    none ? Severity.CRITICAL : Severity.WARN,
                    BARS,
                    missing.get(0) == 0
                            ? "the running month has no partition, 0 months ahead"
                            : ahead + " months after the running one have their partition",
                    "a bar without a partition is rejected; ingest makes those that it needs, other writers do not",
                    observed.server().maker().stream()
                            .flatMap(maker -> missing.stream().map(month -> create(observed, table, maker, month)))
                            .toList(),
                    "let a scheduler run alphakeep maintain daily",
                    MANUAL));
        }
        return List.of();
    }

    private static boolean holds(Observed observed, int month) {
        return observed.partitions().stream()
                .filter(partition -> partition.parent().equals(BARS) && partition.ahead() != null)
                .anyMatch(partition -> partition.ahead() <= month && month <= partition.aheadUntil());
    }

    /** What is in it by then is not thrown away by the undo. */
    private static Change create(Observed observed, Table table, String maker, int ahead) {
        int month = observed.server().month() + ahead;
        String text = String.format(Locale.ROOT, "%04d-%02d", month / 12, month % 12 + 1);
        String partition =
                Identifier.quote(table.schema()) + "." + Identifier.quote(BARS + "_" + text.replace('-', '_'));
        return new Change(
                "SELECT " + maker + "('" + BARS + "', '" + text + "-01')",
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM " + partition
                        + ") THEN PERFORM set_config('lock_timeout', '2s', true); DROP TABLE " + partition
                        + "; END IF; END $$",
                Change.Effect.NOW);
    }

    private static List<Finding> many(String parent, long count) {
        return count <= MANY
                ? List.of()
                : List.of(new Finding(
                        "partitions-many",
                        count > TOO_MANY ? Severity.WARN : Severity.INFO,
                        parent,
                        Sizes.count(count) + " partitions",
                        "a query that does not bound the time is planned over all of them, and locks each",
                        List.of(),
                        "old months become years with alphakeep maintain archive; sooner with alphakeep policy set"
                                + " archive.after-months=12",
                        MANUAL + "#DDL-PARTITIONING-DECLARATIVE-BEST-PRACTICES"));
    }

    private static Finding defaultPartition(Table table) {
        return new Finding(
                "partition-default",
                Severity.WARN,
                table.name(),
                "DEFAULT partition of " + table.parent() + ", " + Sizes.count(table.rows()) + " rows",
                "each new partition reads it whole under a lock that keeps everybody out, and none can be detached"
                        + " concurrently",
                List.of(new Change(
                        "ALTER TABLE " + Identifier.quote(table.schema()) + "." + Identifier.quote(table.parent())
                                + " DETACH PARTITION " + table.qualified(),
                        "ALTER TABLE " + Identifier.quote(table.schema()) + "." + Identifier.quote(table.parent())
                                + " ATTACH PARTITION " + table.qualified() + " DEFAULT",
                        Change.Effect.REVIEW)),
                "its rows are out of sight once it is detached: make their months, insert them into the parent, drop it",
                MANUAL);
    }

    private static Finding large(Table table) {
        return new Finding(
                "partition-large",
                Severity.INFO,
                table.name(),
                Sizes.count(table.rows()) + " rows, " + Sizes.text(table.pages() * Sizes.PAGE),
                "VACUUM, index builds and archiving of it take hours, and begin anew when they break off",
                List.of(),
                table.parent().isEmpty()
                        ? "it is not partitioned at all"
                        : "keep its years as months: alphakeep policy set archive.after-months higher",
                MANUAL);
    }
}
