package io.alphakeep.advise.rule;

import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import io.alphakeep.advise.seen.Observed;
import java.util.List;

/** What was set is in force. */
final class PendingRestart implements Rule {

    @Override
    public List<Finding> on(Observed observed) {
        List<String> waiting = observed.server().settings().entrySet().stream()
                .filter(entry -> entry.getValue().pending())
                .map(java.util.Map.Entry::getKey)
                .sorted()
                .toList();
        return waiting.isEmpty()
                ? List.of()
                : List.of(new Finding(
                        "restart-pending",
                        Severity.INFO,
                        waiting.size() == 1 ? waiting.get(0) : waiting.size() + " settings",
                        "another value is set than is in force, of " + waiting.size() + ": "
                                + String.join(", ", waiting),
                        "the server takes it when it starts again",
                        List.of(),
                        "start the server again when it suits",
                        "view-pg-settings.html"));
    }
}
