package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Section;
import java.util.List;
import java.util.stream.Collectors;

/** The report as tables for a README. */
final class BenchMarkdown {

    private BenchMarkdown() {}

    static String of(BenchReport report) {
        StringBuilder out = new StringBuilder();
        for (Section section : Section.values()) {
            List<Comparison> lines = report.comparisons().stream()
                    .filter(comparison -> comparison.section() == section)
                    .toList();
            if (!lines.isEmpty()) {
                section(out, section, lines);
            }
        }
        String environment = report.environment().entrySet().stream()
                .map(fact -> fact.getKey() + ": " + fact.getValue())
                .collect(Collectors.joining("; "));
        out.append("Medians, lowest–highest in brackets; ")
                .append(escaped(BenchText.when(report)))
                .append(". ")
                .append(escaped(environment))
                .append(".\n");
        if (!report.skipped().isEmpty()) {
            out.append("\nNot measured: ")
                    .append(escaped(String.join("; ", report.skipped())))
                    .append(".\n");
        }
        return out.toString();
    }

    private static void section(StringBuilder out, Section section, List<Comparison> lines) {
        boolean plan = section == Section.PLAN;
        out.append("**").append(escaped(section.title())).append("**\n\n");
        out.append("| work | before | after | factor | ")
                .append(plan ? "the plan | " : "")
                .append("goal |\n")
                .append("|---|---|---|---:|")
                .append(plan ? "---|" : "")
                .append("---|\n");
        for (Comparison c : lines) {
            out.append(cell(c.work()))
                    .append(cell(Shown.both(c.before()) + ", " + c.before().technique()))
                    .append(cell(Shown.both(c.after()) + ", " + c.after().technique()))
                    .append(cell(Shown.factor(c.factor())))
                    .append(plan ? cell(c.claim()) : "")
                    .append(cell(c.reached()
                            .map(reached -> Shown.goal(c) + (reached ? ", reached" : ", not reached"))
                            .orElse("")))
                    .append("|\n");
        }
        out.append('\n');
        List<Comparison> noted = lines.stream().filter(c -> !c.note().isEmpty()).toList();
        for (Comparison c : noted) {
            out.append("- ")
                    .append(escaped(c.work()))
                    .append(": ")
                    .append(escaped(c.note()))
                    .append('\n');
        }
        out.append(noted.isEmpty() ? "" : "\n");
    }

    private static String cell(String text) {
        return "| " + escaped(text) + " ";
    }

    private static String escaped(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("([\\\\|*_<>`\\[\\]])", "\\\\$1");
    }
}
