package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Section;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The report as one HTML file that needs nothing else: no script, no font, no network. */
final class BenchPage {

    private static final List<String> METHOD = List.of(
            "Everything was measured in one run, on one server, in a schema made for it and removed afterwards.",
            "The two techniques of a line took turns, round by round, each going first every other time, so that a machine"
                    + " that grows slower makes both of them slower.",
            "Rounds to warm up came first and do not count; making rows and emptying tables stands outside of the clock.",
            "A figure is the median of the rounds, in brackets the lowest and the highest; a factor is the median of the"
                    + " rounds' own ratios.",
            "What was worked out from a sample, or depends on the pace of the API, is said in the line's note.");

    private final BenchReport report;
    private final Markup page = new Markup();

    private BenchPage(BenchReport report) {
        this.report = report;
    }

    static String of(BenchReport report) {
        return "<!DOCTYPE html>\n" + new BenchPage(report).write();
    }

    private String write() {
        page.open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml");
        page.open("head");
        page.empty("meta", "charset", "utf-8");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.leaf("title", "alphakeep bench, " + BenchText.when(report));
        page.style(css());
        page.close();
        page.open("body").open("main");
        List<Comparison> plan = of(Section.PLAN);
        headline(plan);
        for (Section section : Section.values()) {
            if (!of(section).isEmpty()) {
                section(section);
            }
        }
        facts();
        page.close().close();
        return page.close().toString();
    }

    private void headline(List<Comparison> plan) {
        page.leaf("h1", title(plan));
        page.leaf(
                "p",
                "alphakeep beside other ways to do the same work, measured on this very server. "
                        + BenchText.goals(report) + ". " + BenchText.when(report) + ".",
                "class",
                "soft");
        if (plan.isEmpty()) {
            return;
        }
        page.open("ul", "class", "story");
        for (Comparison c : plan) {
            page.open("li");
            page.leaf("span", c.work(), "class", "work");
            page.leaf("span", Shown.factor(c.factor()), "class", "factor");
            page.leaf("span", Shown.median(c.before()) + " → " + Shown.median(c.after()), "class", "figures");
            if (!c.claim().isEmpty()) {
                page.leaf("span", "the plan: " + c.claim(), "class", "claim");
            }
            page.close();
        }
        page.close();
        TimesChart chart = TimesChart.of("plan", "The original plan's section 9: before and after", plan);
        if (!chart.isEmpty()) {
            page.leaf("h2", "Before and after");
            chart.addTo(page);
        }
    }

    private static String title(List<Comparison> plan) {
        double[] factors = plan.stream()
                .mapToDouble(Comparison::factor)
                .filter(Double::isFinite)
                .toArray();
        if (factors.length == 0) {
            return "What alphakeep measures here";
        }
        if (factors.length == 1) {
            return "The plan's work, " + Shown.factor(factors[0]) + " as fast";
        }
        return "The plan's work, " + Shown.factor(Samples.quantile(factors, 0)) + " to "
                + Shown.factor(Samples.quantile(factors, 1)) + " as fast";
    }

    private void section(Section section) {
        List<Comparison> comparisons = of(section);
        page.leaf("h2", section.title());
        String id = "factors-" + section.name().toLowerCase(Locale.ROOT);
        new FactorsChart(id, section.title(), comparisons).addTo(page);
        ComparisonTable.addTo(page, section, comparisons);
    }

    private void facts() {
        page.leaf("h2", "Where it was measured").open("dl");
        report.environment().forEach((name, value) -> page.leaf("dt", name).leaf("dd", value));
        page.close();
        if (!report.skipped().isEmpty()) {
            page.leaf("h2", "What was not measured").open("ul");
            report.skipped().forEach(text -> page.leaf("li", text));
            page.close();
        }
        page.leaf("h2", "How it was measured");
        page.leaf("p", String.join(" ", METHOD));
        page.leaf("h2", "The same on your server");
        page.open("pre")
                .leaf("code", "alphakeep bench" + (report.quick() ? " --quick" : "") + " --html bench.html")
                .close();
        page.leaf(
                "p",
                "It works in a schema of its own on the database that ALPHAKEEP_DATABASE_URL names, touches nothing else,"
                        + " and removes the schema at the end.");
    }

    private List<Comparison> of(Section section) {
        return report.comparisons().stream().filter(c -> c.section() == section).toList();
    }

    private static String css() {
        try (InputStream in = BenchPage.class.getResourceAsStream("/bench/page.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
