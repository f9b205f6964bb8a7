package io.alphakeep.advise.rule;

import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Observed;
import java.util.List;

/** Slow statements are in the server's log, and not all of them. */
final class StatementLog implements Rule {

    private static final long NONE = -1;
    private static final long ALMOST_ALL_MILLIS = 50;

    @Override
    public List<Finding> on(Observed observed) {
        long millis = observed.server().number("log_min_duration_statement").orElse(ALMOST_ALL_MILLIS);
        if (millis >= ALMOST_ALL_MILLIS) {
            return List.of();
        }
        return new Alter(observed)
                .to(
                        "1s",
                        "log_min_duration_statement",
                        "log-min-duration",
                        Severity.INFO,
                        millis == NONE ? "-1: no statement is logged" : "from " + millis + " ms on",
                        millis == NONE
                                ? "nobody can tell afterwards which statement was slow"
                                : "almost each statement writes a line to the log",
                        "logging");
    }
}
