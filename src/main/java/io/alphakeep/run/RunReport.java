package io.alphakeep.run;

import io.alphakeep.write.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run did.
 *
 * @param run        its number in {@code alpha_run}
 * @param outcome    how it ended
 * @param exitCode   the exit code of the command
 * @param requests   requests by what came of them
 * @param rows       rows of all tables
 * @param functions  the same by function, for people
 * @param allowance  what is left of it
 * @param problems   what went wrong, at most {@value #MOST_PROBLEMS}
 * @param moreProblems how many more there were
 * @param simulated  the data is of a simulated market
 */
public record RunReport(
        long run,
        Outcome outcome,
        int exitCode,
        Instant startedAt,
        Instant finishedAt,
        Requests requests,
        WriteResult rows,
        Map<String, FunctionLine> functions,
        Allowance allowance,
        List<Problem> problems,
        int moreProblems,
        boolean simulated) {

    /** The most problems that a report lists; the rest is counted. */
    public static final int MOST_PROBLEMS = 100;

    public Duration took() {
        return Duration.between(startedAt, finishedAt);
    }

    /**
     * Requests by what came of them. sent counts every one that went out, repeats too; the others count planned requests.
     *
     * @param planned   to be asked
     * @param sent      went out
     * @param ok        answered with data
     * @param empty     answered that there is nothing
     * @param throttled answered with a notice to slow down; they were repeated
     * @param failed    failed for good in this run
     * @param skipped   not asked: another run had them, or the run ended before
     * @param left      of these: another run, which lives, was still at them when this one ended
     * @param waiting   series that are due and were not planned, since they failed lately
     */
    public record Requests(
            int planned, int sent, int ok, int empty, int throttled, int failed, int skipped, int left, int waiting) {}

    /** The line of one function. */
    public record FunctionLine(int tickers, int requests, WriteResult rows) {

        /** Its rows by the words of the report's JSON. */
        public Map<String, Long> rowsByEffect() {
            return Map.of(
                    "inserted", rows.inserted(),
                    "changed", rows.changed(),
                    "unchanged", rows.unchanged(),
                    "removed", rows.removed(),
                    "rejected", rows.rejected());
        }
    }

    /**
     * @param perDay         0 = no limit
     * @param usedToday      requests reserved since the day began
     * @param remainingToday 0 also when the API said that the day is spent; -1 = no limit
     * @param resetsAt       when the day ends that this is told of; empty = not known, the database was gone
     * @param perMinute      0 = no limit
     * @param perSecond      0 = no limit
     */
    public record Allowance(
            int perDay, int usedToday, int remainingToday, Optional<Instant> resetsAt, int perMinute, int perSecond) {}
}
