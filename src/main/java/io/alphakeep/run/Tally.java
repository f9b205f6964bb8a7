package io.alphakeep.run;

import io.alphakeep.market.Series;
import io.alphakeep.write.WriteResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what the workers of a run do. Bounded: problems beyond {@link RunReport#MOST_PROBLEMS} are only counted. */
final class Tally {

    private static final class Line {
        private final Set<String> tickers = new HashSet<>();
        private int requests;
        private WriteResult rows = WriteResult.NONE;
    }

    private final Map<String, Line> functions = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private WriteResult rows = WriteResult.NONE;
    private int planned;
    private int sent;
    private int ok;
    private int empty;
    private int throttled;
    private int failed;
    private int left;
    private int waiting;
    private int moreProblems;

    /** @param failedLately series that are due, and left out because of that */
    synchronized void planned(int requests, int failedLately) {
        planned = requests;
        waiting = failedLately;
    }

    synchronized void sent(Series series) {
        sent++;
        line(series).requests++;
    }

    /** What was counted as sent was not. */
    synchronized void neverSent(Series series) {
        sent--;
        line(series).requests--;
    }

    synchronized void ok(Series series, WriteResult result) {
        ok++;
        rows = rows.plus(result);
        Line line = line(series);
        line.rows = line.rows.plus(result);
    }

    synchronized void empty() {
        empty++;
    }

    synchronized void throttled() {
        throttled++;
    }

    synchronized void failed() {
        failed++;
    }

    /** Its series is another run's, to the end. */
    synchronized void left() {
        left++;
    }

    synchronized void problem(Problem problem) {
        if (problems.size() < RunReport.MOST_PROBLEMS) {
            problems.add(problem);
        } else {
            moreProblems++;
        }
    }

    /** Why the run ends goes ahead of all others, and is told however many there are. */
    synchronized void fatal(Problem problem) {
        if (problems.size() == RunReport.MOST_PROBLEMS) {
            problems.remove(problems.size() - 1);
            moreProblems++;
        }
        problems.add(0, problem);
    }

    synchronized int answers() {
        return ok + empty;
    }

    synchronized boolean isClean() {
        return failed == 0 && rows.rejected() == 0;
    }

    synchronized RunReport.Requests requests() {
        int skipped = planned - ok - empty - failed;
        return new RunReport.Requests(planned, sent, ok, empty, throttled, failed, skipped, left, waiting);
    }

    synchronized WriteResult rows() {
        return rows;
    }

    synchronized List<Problem> problems() {
        return List.copyOf(problems);
    }

    synchronized int moreProblems() {
        return moreProblems;
    }

    synchronized Map<String, RunReport.FunctionLine> functions() {
        Map<String, RunReport.FunctionLine> lines = new TreeMap<>();
        functions.forEach((name, line) ->
                lines.put(name, new RunReport.FunctionLine(line.tickers.size(), line.requests, line.rows)));
        return lines;
    }

    private Line line(Series series) {
        Line line = functions.computeIfAbsent(series.functionText(), name -> new Line());
        line.tickers.add(series.symbol().text());
        return line;
    }
}
