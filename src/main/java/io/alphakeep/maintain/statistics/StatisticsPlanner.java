package io.alphakeep.maintain.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which tables need new statistics. Pure. */
final class StatisticsPlanner {

    private static final long CHANGED_LEAST = 1_000;
    private static final double CHANGED_SHARE = 0.1;
    private static final double PARENT_SHARE = 0.1;
    private static final Duration PARENT_AGE = Duration.ofDays(30);

    private StatisticsPlanner() {}

    /**
     * @param majorVersion of the server: before 18 ANALYZE of a parent analyses its partitions too, so that they need no
     *                     step of their own
     * @return tables and partitions by name, then parents by name
     */
    static List<AnalyzeStep> plan(String schema, List<TableState> tables, Instant now, int majorVersion) {
        boolean canOnly = majorVersion >= 18;
        List<AnalyzeStep> steps = new ArrayList<>();
        List<AnalyzeStep> parents = new ArrayList<>();
        Set<String> covered = new HashSet<>();
        List<TableState> ordered =
                tables.stream().sorted(Comparator.comparing(TableState::table)).toList();
        for (TableState parent : ordered) {
            if (parent.parted()) {
                List<TableState> leaves = ordered.stream()
                        .filter(leaf ->
                                leaf.parent().filter(parent.table()::equals).isPresent())
                        .toList();
                parentDue(parent, leaves, now)
                        .ifPresent(why -> parents.add(new AnalyzeStep(schema, parent.table(), canOnly, why)));
            }
        }
        if (!canOnly) {
            parents.forEach(step -> covered.add(step.table()));
        }
        for (TableState table : ordered) {
            if (!table.parted() && table.parent().filter(covered::contains).isEmpty()) {
                due(table).ifPresent(why -> steps.add(new AnalyzeStep(schema, table.table(), false, why)));
            }
        }
        steps.addAll(parents);
        return steps;
    }

    private static Optional<String> due(TableState table) {
        return table.changed() > CHANGED_SHARE * table.live() + CHANGED_LEAST
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "%,d of about %,d rows changed since it was analysed",
                        table.changed(),
                        table.live()))
                : Optional.empty();
    }

    private static Optional<String> parentDue(TableState parent, List<TableState> leaves, Instant now) {
        if (parent.rows() < 0) {
            return leaves.isEmpty() ? Optional.empty() : Optional.of("never analysed, and autovacuum does not");
        }
        if (parent.exchangedAt()
                .filter(at -> parent.analyzedAt().filter(at::isBefore).isEmpty())
                .isPresent()) {
            return Optional.of("its partitions were merged or moved since it was analysed");
        }
        // Whatever the estimates say, where nothing has happened since there is nothing new to find.
        boolean news = leaves.stream()
                .anyMatch(leaf -> leaf.changed() > 0
                        || leaf.analyzedAt()
                                .filter(at ->
                                        parent.analyzedAt().filter(at::isBefore).isEmpty())
                                .isPresent());
        if (!news) {
            return Optional.empty();
        }
        double rows = leaves.stream().mapToDouble(TableState::estimate).sum();
        if (Math.abs(rows - parent.rows()) > PARENT_SHARE * Math.max(rows, parent.rows())) {
            return Optional.of(String.format(
                    Locale.ROOT, "analysed at about %,.0f rows, its partitions hold about %,.0f", parent.rows(), rows));
        }
        boolean old = parent.analyzedAt()
                .filter(at -> at.isAfter(now.minus(PARENT_AGE)))
                .isEmpty();
        return old
                ? Optional.of("something changed, and it was not analysed for " + PARENT_AGE.toDays() + " days")
                : Optional.empty();
    }
}
