package io.alphakeep.advise.rule;

import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Machine.Storage;
import io.alphakeep.advise.seen.Observed;
import java.util.List;

/** What the planner believes of the disk. */
final class Costs implements Rule {

    private static final double BETWEEN = 2;

    @Override
    public List<Finding> on(Observed observed) {
        String text = observed.server().text("random_page_cost");
        if (observed.machine().storage().isEmpty() || !text.matches("[0-9.]+(e[+-]?[0-9]+)?")) {
            return List.of();
        }
        double value = Double.parseDouble(text);
        boolean ssd = observed.machine().storage().get() == Storage.SSD;
        if (ssd ? value <= BETWEEN : value >= BETWEEN) {
            return List.of();
        }
        return new Alter(observed)
                .to(
                        ssd ? "1.1" : "4",
                        "random_page_cost",
                        "random-page-cost",
                        Severity.INFO,
                        text + " on " + (ssd ? "solid state" : "a disk that turns"),
                        ssd
                                ? "the planner shuns indexes as if the disk had to turn for each page"
                                : "the planner jumps through indexes as if each page were as near as the next one",
                        "query");
    }
}
