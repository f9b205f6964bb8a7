package io.alphakeep.advise.rule;

import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Index;
import io.alphakeep.advise.seen.Observed;
import io.alphakeep.advise.seen.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Indexes that could go: the same twice, the beginning of another, never used. What a constraint hangs on is left alone. */
final class SpareIndexes implements Rule {

    private static final long LONG_ENOUGH_SECONDS = 14 * 86_400;
    private static final long SMALL_ROWS = 1_000;
    private static final long LARGE_PAGES = Sizes.GIB / Sizes.PAGE;

    /** The one that stays: what something hangs on, what would come again, what was made first. */
    private static final Comparator<Index> BEST = Comparator.comparing((Index index) -> !index.needed())
            .thenComparing(index -> !index.unique())
            .thenComparing(index -> !Ours.made(index));

    @Override
    public List<Finding> on(Observed observed) {
        List<Index> all = observed.indexes().stream().filter(Index::valid).toList();
        List<Index> valid = all.stream().filter(index -> !index.partitioned()).toList();
        List<Finding> findings = new ArrayList<>();
        Set<Index> gone = new HashSet<>();
        valid.stream()
                .collect(Collectors.groupingBy(
                        index -> List.of(index.table(), index.keys(), index.extra(), index.rest()),
                        java.util.LinkedHashMap::new,
                        Collectors.toList()))
                .values()
                .forEach(same -> findings.addAll(duplicates(same, gone)));
        for (Index index : valid) {
            if (gone.contains(index) || index.unique() || index.needed() || Ours.made(index)) {
                continue;
            }
            valid.stream()
                    .filter(other -> !gone.contains(other) && begins(index, other))
                    .findFirst()
                    .ifPresent(other -> {
                        gone.add(index);
                        findings.add(redundant(index, other));
                    });
        }
        findings.addAll(unused(observed, all, gone));
        return findings;
    }

    private static List<Finding> duplicates(List<Index> same, Set<Index> gone) {
        List<Index> ranked = same.stream().sorted(BEST).toList();
        Index stays = ranked.get(0);
        List<Finding> findings = new ArrayList<>();
        for (Index index : ranked.subList(1, ranked.size())) {
            if (index.needed() || (index.unique() && !stays.unique())) {
                continue;
            }
            gone.add(index);
            findings.add(new Finding(
                    "index-duplicate",
                    Severity.WARN,
                    index.name(),
                    "the same as " + stays.name() + " of " + index.table() + ", "
                            + Sizes.text(index.pages() * Sizes.PAGE) + ", " + Sizes.count(index.scans()) + " scans",
                    "each write keeps up both, and one would serve all queries",
                    List.of(Ours.drop(index)),
                    "",
                    "indexes-examine.html"));
        }
        return findings;
    }

    private static boolean begins(Index index, Index other) {
        return index != other
                && index.table().equals(other.table())
                && index.plain()
                && other.plain()
                && index.extra().isEmpty()
                && (other.keys().equals(index.keys()) || other.keys().startsWith(index.keys() + " "));
    }

    private static Finding redundant(Index index, Index other) {
        return new Finding(
                "index-redundant",
                Severity.INFO,
                index.name(),
                "the beginning of " + other.name() + " of " + index.table() + ", "
                        + Sizes.text(index.pages() * Sizes.PAGE) + ", " + Sizes.count(index.scans()) + " scans",
                "the longer one serves its queries, too, a little slower where it is much wider",
                List.of(Ours.drop(index)),
                "",
                "indexes-multicolumn.html");
    }

    private static List<Finding> unused(Observed observed, List<Index> valid, Set<Index> gone) {
        long seconds = observed.server().countedSeconds();
        if (seconds < LONG_ENOUGH_SECONDS) {
            return List.of();
        }
        Map<String, Long> rows = new HashMap<>();
        for (Table table : observed.tables()) {
            rows.merge(table.name(), table.rows(), Long::max);
            if (!table.parent().isEmpty()) {
                rows.merge(table.parent(), table.rows(), Long::sum);
            }
        }
        return valid.stream()
                .filter(index -> !gone.contains(index) && !index.unique() && !index.needed() && !Ours.made(index))
                .filter(index -> index.scans() == 0 && rows.getOrDefault(index.table(), 0L) >= SMALL_ROWS)
                .map(index -> new Finding(
                        "index-unused",
                        index.pages() >= LARGE_PAGES ? Severity.WARN : Severity.INFO,
                        index.name(),
                        "0 scans in " + Sizes.duration(seconds) + " of counting, of " + index.table() + ", "
                                + Sizes.text(index.pages() * Sizes.PAGE),
                        "each write keeps it up, and no query has used it",
                        List.of(Ours.drop(index)),
                        "leave it if it was made lately, or if a standby's queries use it: neither is seen here"
                                + (index.partitioned()
                                        ? "; it goes with those of all partitions, under a lock that keeps everybody out"
                                        : ""),
                        "monitoring-stats.html#MONITORING-PG-STAT-ALL-INDEXES-VIEW"))
                .toList();
    }
}
