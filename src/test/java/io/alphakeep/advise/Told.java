package io.alphakeep.advise;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The advice as tests compare it. */
final class Told {

    private Told() {}

    /** The ids, with the index where it is about one. */
    static List<String> ids(Advice advice) {
        TreeSet<String> ids = new TreeSet<>();
        advice.findings()
                .forEach(finding ->
                        ids.add(finding.id() + (finding.id().startsWith("index-") ? " " + finding.subject() : "")));
        return List.copyOf(ids);
    }

    /** Settings are read by every process in its own time, and counters are written behind. */
    static void finds(Supplier<Advice> advice, List<String> expected, Duration within) {
        try {
            Await.until(
                    "what is found is as expected",
                    within,
                    () -> ids(advice.get()).equals(expected));
        } catch (AssertionError e) {
            assertThat(ids(advice.get())).containsExactlyElementsOf(expected);
        }
    }

    /** What psql would run of the script. */
    static List<String> script(Advice advice) {
        return Script.of(advice)
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("-- "))
                .toList();
    }

    static List<Finding> all(Advice advice, String id) {
        return advice.findings().stream()
                .filter(finding -> finding.id().equals(id))
                .toList();
    }

    static Finding only(Advice advice, String id) {
        List<Finding> found = all(advice, id);
        assertThat(found).as(id).hasSize(1);
        return found.get(0);
    }

    /** The one that names something. */
    static Change change(Advice advice, String name) {
        return advice.findings().stream()
                .flatMap(finding -> finding.changes().stream())
                .filter(change -> change.sql().contains(name))
                .findFirst()
                .orElseThrow();
    }

    static List<Change> changes(Advice advice, boolean review) {
        return advice.findings().stream()
                .flatMap(finding -> finding.changes().stream())
                .filter(change -> (change.effect() == Change.Effect.REVIEW) == review)
                .toList();
    }
}
