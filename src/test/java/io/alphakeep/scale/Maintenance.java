package io.alphakeep.scale;

import io.alphakeep.testkit.Packaged;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Passes of the packaged program's {@code maintain}, as a timer would start them, until one postpones nothing. */
public final class Maintenance {

    private static final int MOST_PASSES = 10;

    private static final String STEPS = """
            SELECT action, target, outcome, extract(epoch FROM coalesce(finished_at, started_at) - started_at), coalesce(detail, '')
            FROM alpha_maintenance WHERE step > %d ORDER BY step
            """;

    /** A line of {@code alpha_maintenance}. */
    private record Done(String action, String target, String outcome, double seconds, String detail) {}

    private final ScaleDatabase database;
    private final Packaged program;
    private final ScaleReport report;

    public Maintenance(ScaleDatabase database, Packaged program, ScaleReport report) {
        this.database = database;
        this.program = program;
        this.report = report;
    }

    /** @throws AssertionError when a pass or a step fails, or something is still postponed after many passes */
    public void untilNothingIsPostponed() {
        List<Done> postponed = List.of();
        for (int pass = 1; pass <= MOST_PASSES; pass++) {
            long last = database.number("SELECT coalesce(max(step), 0) FROM alpha_maintenance");
            Packaged.Finished finished = Patient.run(program, "maintain", "--json");
            if (finished.exitCode() != 0 && finished.exitCode() != 3) {
                throw new AssertionError("maintain ended with " + finished.exitCode() + ": " + finished.all());
            }
            List<Done> steps = steps(last);
            report(pass, steps);
            if (steps.stream().anyMatch(step -> step.outcome.equals("failed"))) {
                throw new AssertionError("failed: " + steps);
            }
            postponed = steps.stream()
                    .filter(step -> step.outcome.equals("postponed"))
                    .toList();
            if (postponed.isEmpty()) {
                return;
            }
        }
        throw new AssertionError("still postponed after " + MOST_PASSES + " passes: " + postponed);
    }

    /** What was done in less than a second stands together in one line. */
    private void report(int pass, List<Done> steps) {
        Map<String, List<Done>> brief = new TreeMap<>();
        for (Done step : steps) {
            if (step.outcome.equals("done") && step.seconds < 1) {
                brief.computeIfAbsent(step.action, action -> new ArrayList<>()).add(step);
            } else {
                report.step(line(pass, step.action, step.target, step.outcome, step.seconds, step.detail));
            }
        }
        brief.forEach((action, all) -> report.step(line(
                pass,
                action,
                all.size() + " of less than 1 s",
                "done",
                all.stream().mapToDouble(Done::seconds).sum(),
                String.format(
                        Locale.ROOT,
                        "the longest %.2f s",
                        all.stream().mapToDouble(Done::seconds).max().orElse(0)))));
    }

    private static String line(int pass, String action, String target, String outcome, double seconds, String detail) {
        return String.format(
                Locale.ROOT, "%d | %s | %s | %s | %.1f | %s", pass, action, target, outcome, seconds, detail);
    }

    private List<Done> steps(long after) {
        List<Done> steps = new ArrayList<>();
        database.run(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(STEPS.formatted(after))) {
                while (row.next()) {
                    steps.add(new Done(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getDouble(4),
                            row.getString(5).replace('|', '/').replace('\n', ' ')));
                }
            }
        });
        return steps;
    }
}
