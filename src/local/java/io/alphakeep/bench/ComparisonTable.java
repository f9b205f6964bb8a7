package io.alphakeep.bench;

import io.alphakeep.bench.Comparison.Section;
import java.util.List;

/** All figures of one section as a table of the page. */
final class ComparisonTable {

    private ComparisonTable() {}

    static void addTo(Markup page, Section section, List<Comparison> comparisons) {
        boolean claims = comparisons.stream().anyMatch(c -> !c.claim().isEmpty());
        page.open("div", "class", "scroll").open("table", "aria-label", section.title() + ": all figures");
        page.open("thead").open("tr");
        for (String head : claims
                ? List.of("Work", "Before", "After", "Factor", "The plan", "Goal")
                : List.of("Work", "Before", "After", "Factor", "Goal")) {
            page.leaf("th", head, "scope", "col");
        }
        page.close().close();
        page.open("tbody");
        comparisons.forEach(c -> row(page, c, claims));
        page.close();
        page.close().close();
    }

    private static void row(Markup page, Comparison c, boolean claims) {
        page.open("tr").open("th", "scope", "row").text(c.work());
        if (!c.note().isEmpty()) {
            page.leaf("small", c.note());
        }
        page.close();
        samples(page, "Before", c.before());
        samples(page, "After", c.after());
        page.leaf("td", Shown.factor(c.factor()), "data-label", "Factor", "class", "number");
        if (claims) {
            page.leaf("td", c.claim(), "data-label", "The plan");
        }
        page.open("td", "data-label", "Goal");
        if (c.reached().isPresent()) {
            boolean reached = c.reached().get();
            page.leaf("span", Shown.goal(c), "class", "figure");
            page.leaf("small", reached ? "reached" : "not reached", "class", reached ? "yes" : "no");
        } else {
            page.text("–");
        }
        page.close().close();
    }

    private static void samples(Markup page, String label, Samples samples) {
        page.open("td", "data-label", label).leaf("span", Shown.both(samples), "class", "figure");
        page.leaf("small", samples.technique()).close();
    }
}
