package io.alphakeep.maintain.archive;

import io.alphakeep.maintain.Partition;
import io.alphakeep.maintain.archive.ArchivePolicy.Mode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is due for old data, in order: what an earlier pass left first, then the oldest year first. Pure. */
final class ArchivePlanner {

    /** Pages of adjusted series keep some room: their rows are rewritten, and stay on their page then. */
    private static final int FILL_REWRITTEN = 90;

    private static final int FILL = 100;

    /** One whose months somebody writes to all the time does not hold up the others. */
    private static final int MOST_COPIES = 2;

    private final Statements sql;
    private final ArchivePolicy policy;
    private final Instant now;

    /** The first month that is not old. */
    private final YearMonth oldest;

    ArchivePlanner(Statements sql, ArchivePolicy policy, Instant now) {
        this.sql = sql;
        this.policy = policy;
        this.now = now;
        this.oldest = YearMonth.from(LocalDate.ofInstant(now, ZoneOffset.UTC)).minusMonths(policy.afterMonths());
    }

    List<ArchiveStep> plan(ArchiveState state) {
        List<ArchiveStep> steps = new ArrayList<>();
        List<ArchiveStep> merges = merges(state);
        state.lines().stream()
                .filter(line -> line.state().equals(Line.MERGED))
                .forEach(line -> steps.add(drop(line, "its rows are in " + line.copiedTo())));
        state.lines().stream()
                .filter(line -> line.state().equals(Line.COPY))
                .filter(line -> !line.fits()
                        || merges.stream().noneMatch(merge -> merge.target().equals(line.relation())))
                .forEach(line -> steps.add(drop(
                        line,
                        line.fits()
                                ? "a copy that is not wanted any more"
                                : "the table has other columns or indexes since this copy was made")));
        steps.addAll(merges);
        steps.addAll(moves(state));
        steps.addAll(expiries(state));
        if (policy.retentionMonths().isPresent()) {
            state.lines().stream()
                    .filter(line -> line.state().equals(Line.EXPIRED)
                            && !line.dropAfter().isAfter(now))
                    .forEach(line -> steps.add(drop(line, "retention detached it, and its grace is over")));
        }
        return List.copyOf(steps);
    }

    private List<ArchiveStep> merges(ArchiveState state) {
        List<ArchiveStep> merges = new ArrayList<>();
        if (policy.mode() == Mode.OFF) {
            return merges;
        }
        for (int year : years(state.partitions())) {
            Range range = Range.ofYear(year);
            List<Partition> sources = overlapping(state.partitions(), range);
            boolean inside = sources.stream().allMatch(p -> range.contains(p.from(), p.until()));
            boolean one = sources.size() == 1 && isWhole(sources.get(0), range);
            if (!isOld(year) || !inside || one) {
                continue;
            }
            String target = sql.table() + "_%04d".formatted(year);
            Optional<Line> line = state.lines().stream()
                    .filter(l -> l.relation().equals(target))
                    .findFirst();
            if (line.isPresent() && !line.get().fits()) {
                continue;
            }
            boolean copied = line.filter(Line::isUsable).isPresent();
            List<String> names = sources.stream().map(Partition::name).toList();
            int fillfactor =
                    state.adjustedFrom() != null && state.adjustedFrom().isBefore(range.until())
                            ? FILL_REWRITTEN
                            : FILL;
            List<String> make = copied ? List.of() : sql.copy(target, range, fillfactor, state.lz4(), state.owner());
            List<String> exchange = exchange(target, range, names);
            List<String> statements = new ArrayList<>(copied ? List.of() : inTransaction(make));
            statements.add(sql.vacuum(target));
            statements.add(sql.contents(target));
            List<String> handover = new ArrayList<>();
            handover.add(sql.keepWritersOut(names));
            names.forEach(name -> handover.add(sql.contents(name)));
            handover.add(sql.keepEverybodyOut(sql.table()));
            handover.add(sql.keepEverybodyOut(names));
            handover.addAll(exchange);
            statements.addAll(inTransaction(handover));
            merges.add(new ArchiveStep.Merge(
                    target,
                    names.size() + " partitions of " + year + ", older than " + policy.afterMonths() + " months"
                            + (copied ? "; the copy is made" : ""),
                    List.copyOf(statements),
                    range,
                    names,
                    make,
                    exchange));
        }
        // Copies that could not be exchanged take room on the disk: those first, and few of them.
        List<ArchiveStep> begun = merges.stream()
                .filter(step -> ((ArchiveStep.Merge) step).make().isEmpty())
                .toList();
        if (begun.size() >= MOST_COPIES) {
            return begun;
        }
        List<ArchiveStep> all = new ArrayList<>(begun);
        merges.stream().filter(step -> !begun.contains(step)).forEach(all::add);
        return all;
    }

    /** Sources out, copy in. */
    private List<String> exchange(String target, Range range, List<String> sources) {
        List<String> statements = new ArrayList<>();
        sources.forEach(source -> statements.add(sql.detach(sql.table(), source)));
        statements.add(sql.attach(sql.table(), target, range));
        statements.add(sql.dropBounds(target));
        return statements;
    }

    private List<ArchiveStep> moves(ArchiveState state) {
        List<ArchiveStep> moves = new ArrayList<>();
        if (policy.mode() != Mode.DETACH) {
            return moves;
        }
        for (Partition partition : state.partitions()) {
            Optional<Integer> year = yearOf(partition);
            if (year.isEmpty() || !isOld(year.get()) || isAwaited(state, partition.name())) {
                continue;
            }
            Range range = Range.ofYear(year.get());
            List<Partition> there = overlapping(state.archived(), range);
            if (there.isEmpty()) {
                String name = sql.archive() + "_%04d".formatted(year.get());
                List<String> exchange = move(partition.name(), name, range);
                List<String> prepare = state.archiveExists() ? List.of() : sql.createArchive(state.owner());
                List<String> handover = new ArrayList<>(
                        List.of(sql.keepEverybodyOut(sql.table()), sql.keepEverybodyOut(List.of(partition.name()))));
                handover.addAll(exchange);
                List<String> statements = new ArrayList<>(prepare.isEmpty() ? List.of() : inTransaction(prepare));
                statements.add(sql.addBounds(partition.name(), range));
                statements.add(sql.validateBounds(partition.name()));
                statements.addAll(inTransaction(handover));
                moves.add(new ArchiveStep.Move(
                        partition.name(),
                        "older than " + policy.afterMonths() + " months, and archive.mode is detach",
                        List.copyOf(statements),
                        range,
                        name,
                        prepare,
                        exchange));
            } else if (there.size() == 1
                    && isWhole(there.get(0), range)
                    && state.lines().stream().noneMatch(line -> line.relation().equals(folded(partition.name())))) {
                List<String> handover = List.of(
                        sql.keepWritersOut(List.of(partition.name())),
                        sql.contents(partition.name()),
                        sql.notInArchive(range),
                        sql.keepEverybodyOut(sql.table()),
                        sql.keepEverybodyOut(List.of(partition.name())),
                        sql.detach(sql.table(), partition.name()),
                        sql.rename(partition.name(), folded(partition.name())));
                List<String> statements = new ArrayList<>(List.of(sql.fold(range)));
                statements.addAll(inTransaction(handover));
                moves.add(new ArchiveStep.Fold(
                        partition.name(),
                        "late rows of a year that " + there.get(0).name() + " holds",
                        List.copyOf(statements),
                        range,
                        there.get(0).name(),
                        folded(partition.name())));
            }
        }
        return moves;
    }

    private List<String> move(String partition, String name, Range range) {
        return List.of(
                sql.detach(sql.table(), partition),
                sql.rename(partition, name),
                sql.attach(sql.archive(), name, range),
                sql.dropBounds(name));
    }

    private List<ArchiveStep> expiries(ArchiveState state) {
        List<ArchiveStep> expiries = new ArrayList<>();
        if (policy.retentionMonths().isEmpty()) {
            return expiries;
        }
        int months = policy.retentionMonths().getAsInt();
        Instant horizon = YearMonth.from(LocalDate.ofInstant(now, ZoneOffset.UTC))
                .minusMonths(months)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        for (String parent : List.of(sql.archive(), sql.table())) {
            for (Partition partition : parent.equals(sql.table()) ? state.partitions() : state.archived()) {
                if (partition.until().isAfter(horizon)
                        || partition.from().equals(Instant.MIN)
                        || isAwaited(state, partition.name())) {
                    continue;
                }
                String name = partition.name() + "_expired";
                if (state.lines().stream().anyMatch(line -> line.relation().equals(name))) {
                    // Late rows of a range whose first partition is in its grace: one after the other.
                    continue;
                }
                expiries.add(new ArchiveStep.Expire(
                        partition.name(),
                        "all of it is older than " + months + " months (retention.after-months)",
                        inTransaction(List.of(
                                sql.keepWritersOut(List.of(partition.name())),
                                sql.contents(partition.name()),
                                sql.keepEverybodyOut(parent),
                                sql.keepEverybodyOut(List.of(partition.name())),
                                sql.detach(parent, partition.name()),
                                sql.rename(partition.name(), name))),
                        parent,
                        new Range(partition.from(), partition.until()),
                        name));
            }
        }
        return expiries;
    }

    private ArchiveStep drop(Line line, String why) {
        return new ArchiveStep.Drop(line.relation(), why, List.of(sql.drop(line.relation())), line);
    }

    /** A table that waits to be dropped names it as the one that has its rows: until then it keeps its name. */
    private static boolean isAwaited(ArchiveState state, String partition) {
        return state.lines().stream().anyMatch(line -> partition.equals(line.copiedTo()));
    }

    private static String folded(String partition) {
        return partition + "_folded";
    }

    private static List<String> inTransaction(List<String> statements) {
        List<String> all = new ArrayList<>(List.of("BEGIN"));
        all.addAll(statements);
        all.add("COMMIT");
        return List.copyOf(all);
    }

    private boolean isOld(int year) {
        return YearMonth.of(year, 12).isBefore(oldest);
    }

    private static SortedSet<Integer> years(List<Partition> partitions) {
        SortedSet<Integer> years = new TreeSet<>();
        for (Partition partition : partitions) {
            if (!partition.from().equals(Instant.MIN)) {
                years.add(partition.from().atOffset(ZoneOffset.UTC).getYear());
            }
        }
        return years;
    }

    private static Optional<Integer> yearOf(Partition partition) {
        if (partition.from().equals(Instant.MIN)) {
            return Optional.empty();
        }
        int year = partition.from().atOffset(ZoneOffset.UTC).getYear();
        return isWhole(partition, Range.ofYear(year)) ? Optional.of(year) : Optional.empty();
    }

    private static boolean isWhole(Partition partition, Range range) {
        return partition.from().equals(range.from()) && partition.until().equals(range.until());
    }

    private static List<Partition> overlapping(List<Partition> partitions, Range range) {
        return partitions.stream()
                .filter(p -> p.overlaps(range.from(), range.until()))
                .toList();
    }
}
