package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Section;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report for a terminal: plain text of at most {@value #WIDTH} columns, without colours. */
final class BenchText {

    static final int WIDTH = 118;

    private static final int WORK = 34;
    private static final int FIGURES = 27;
    private static final int FACTOR = 9;
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder();

    private BenchText() {}

    static String of(BenchReport report) {
        BenchText text = new BenchText();
        for (Section section : Section.values()) {
            List<Comparison> lines = report.comparisons().stream()
                    .filter(comparison -> comparison.section() == section)
                    .toList();
            if (!lines.isEmpty()) {
                text.section(section, lines);
            }
        }
        text.rest(report);
        return text.out.toString();
    }

    /** When, how long, and in which size. */
    static String when(BenchReport report) {
        return WHEN.format(report.startedAt()) + ", " + took(report.took()) + (report.quick() ? ", --quick" : "");
    }

    /** {@code "9 of 11 goals reached"}. */
    static String goals(BenchReport report) {
        long all =
                report.comparisons().stream().filter(c -> c.goal().isPresent()).count();
        long reached = report.comparisons().stream()
                .filter(c -> c.reached().orElse(false))
                .count();
        return reached + " of " + all + (all == 1 ? " goal reached" : " goals reached");
    }

    private static String took(Duration took) {
        return took.toMinutes() == 0
                ? took.toSeconds() + " s"
                : took.toMinutes() + " min " + took.toSecondsPart() + " s";
    }

    private void section(Section section, List<Comparison> lines) {
        line(section.title());
        line("");
        columns("", "before", "after", "factor", "goal");
        line("  " + "─".repeat(WIDTH - 2));
        lines.forEach(this::comparison);
        line("");
    }

    private void comparison(Comparison c) {
        List<String> work = wrapped(c.work(), WORK);
        List<String> before = cell(c.before());
        List<String> after = cell(c.after());
        String goal = Shown.goal(c)
                + c.reached().map(reached -> reached ? "  yes" : "  NO").orElse("");
        int height = Math.max(work.size(), Math.max(before.size(), after.size()));
        for (int i = 0; i < height; i++) {
            columns(
                    at(work, i),
                    at(before, i),
                    at(after, i),
                    i == 0 ? Shown.factor(c.factor()) : "",
                    i == 0 ? goal : "");
        }
        if (!c.claim().isEmpty()) {
            indented("the plan: " + c.claim());
        }
        if (!c.note().isEmpty()) {
            indented(c.note());
        }
        line("");
    }

    private static List<String> cell(Samples samples) {
        List<String> cell = new ArrayList<>();
        cell.add(Shown.both(samples));
        cell.addAll(wrapped(samples.technique(), FIGURES));
        return cell;
    }

    private void rest(BenchReport report) {
        line("Environment");
        for (Map.Entry<String, String> fact : report.environment().entrySet()) {
            String key = String.format(Locale.ROOT, "  %-18s ", fact.getKey());
            List<String> value = wrapped(fact.getValue(), WIDTH - key.length());
            line(key + at(value, 0));
            value.stream().skip(1).forEach(more -> line(" ".repeat(key.length()) + more));
        }
        if (!report.skipped().isEmpty()) {
            line("");
            line("Not measured");
            report.skipped().forEach(this::indented);
        }
        line("");
        line(goals(report) + "; medians, lowest–highest in brackets; " + when(report));
    }

    private void columns(String work, String before, String after, String factor, String goal) {
        line("  " + padded(work, WORK) + " " + padded(before, FIGURES) + " " + padded(after, FIGURES) + " "
                + " ".repeat(Math.max(0, FACTOR - factor.length())) + factor + "  " + goal);
    }

    private void indented(String text) {
        wrapped(text, WIDTH - 4).forEach(part -> line("    " + part));
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }

    private static String at(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Broken at blanks, and inside of a word that is longer than a line. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            String rest = word;
            if (line.length() > 0 && line.length() + 1 + rest.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (rest.length() > width) {
                lines.add(rest.substring(0, width));
                rest = rest.substring(width);
            }
            line.append(line.length() > 0 ? " " : "").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }
}
