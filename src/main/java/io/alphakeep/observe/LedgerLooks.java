package io.alphakeep.observe;

import io.alphakeep.db.Transactions;
import io.alphakeep.run.Facts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What runs of all processes left in the ledger: a fleet of functions needs no scrape target of its own. */
final class LedgerLooks {

    // By statement_timestamp() and not clock_timestamp(): an index can only be asked for what stays the same.

    // A run that only lost a few series is a success here: what is failing has a gauge of its own. However long ago
    // it was: the last to end stays in the ledger (ledger.Pruning). It may have begun before others, and a door may
    // have none, so that one look at the whole table is the least: of arrays the largest is that of the latest end.
    private static final String LAST_SUCCESS = """
            SELECT door, latest[1] AS finished, latest[2] AS took
            FROM (SELECT door, max(ARRAY[extract(epoch FROM finished_at), extract(epoch FROM finished_at - started_at)]) AS latest
                  FROM alpha_run
                  WHERE outcome = 'done' OR (outcome IN ('partial', 'postponed') AND requests_ok + requests_empty > 0)
                  GROUP BY door) AS r
            """;

    private static final String RUNS = """
            SELECT door, outcome, count(*) AS n
            FROM alpha_run
            WHERE started_at > statement_timestamp() - interval '48 hours'
              AND finished_at > statement_timestamp() - interval '24 hours'
            GROUP BY door, outcome
            """;

    // A run that found nothing due says nothing of the key, and what was wrong before it is wrong still.
    private static final String PROBLEMS = """
            SELECT problem ->> 'kind' AS kind, count(problem) AS n
            FROM (SELECT report
                  FROM alpha_run
                  WHERE finished_at IS NOT NULL AND (requests_sent > 0 OR report -> 'problems' <> '[]')
                  ORDER BY started_at DESC
                  LIMIT 1) AS r
            LEFT JOIN LATERAL jsonb_array_elements(r.report -> 'problems') AS problem ON true
            GROUP BY 1
            """;

    private static final String REQUESTS = """
            SELECT endpoint, outcome, count(*) AS n, sum(rows_inserted) AS inserted, sum(rows_changed) AS changed,
                   sum(rows_unchanged) AS unchanged, sum(rows_removed) AS removed, sum(rows_rejected) AS rejected
            FROM alpha_request
            WHERE requested_at > statement_timestamp() - interval '24 hours'
            GROUP BY endpoint, outcome
            """;

    // By its index, backwards from the newest; a week bounds it where nothing was answered.
    private static final String LAST_ANSWER = """
            SELECT extract(epoch FROM requested_at) AS answered
            FROM alpha_request
            WHERE requested_at > statement_timestamp() - interval '7 days' AND outcome IN ('data', 'empty')
            ORDER BY requested_at DESC
            LIMIT 1
            """;

    private static final String DURATIONS = """
            SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY duration_ms) AS half,
                   percentile_disc(0.95) WITHIN GROUP (ORDER BY duration_ms) AS most, max(duration_ms) AS longest
            FROM alpha_request
            WHERE requested_at > statement_timestamp() - interval '24 hours'
            """;

    private static final String REJECTS = """
            SELECT reason, count(*) AS n
            FROM alpha_reject
            WHERE rejected_at > statement_timestamp() - interval '24 hours'
            GROUP BY reason
            """;

    private final Transactions transactions;

    LedgerLooks(Transactions transactions) {
        this.transactions = transactions;
    }

    List<Look> all() {
        return List.of(
                new Look(
                        "ledger",
                        List.of(
                                Meter.RUN_LAST_SUCCESS_TIMESTAMP_SECONDS,
                                Meter.RUN_LAST_DURATION_SECONDS,
                                Meter.RUNS_DAY,
                                Meter.RUN_LAST_PROBLEMS,
                                Meter.REJECTS_DAY),
                        this::ledger),
                new Look(
                        "requests",
                        List.of(
                                Meter.REQUESTS_DAY,
                                Meter.ROWS_DAY,
                                Meter.REQUEST_LAST_ANSWER_TIMESTAMP_SECONDS,
                                Meter.REQUEST_DURATION_DAY_SECONDS),
                        this::requests));
    }

    private List<Sample> ledger() {
        List<Sample> found = new ArrayList<>(Rows.of(transactions, LAST_SUCCESS, (row, to) -> {
            String door = row.getString("door");
            to.add(Sample.of(Meter.RUN_LAST_SUCCESS_TIMESTAMP_SECONDS, row.getDouble("finished"), door));
            to.add(Sample.of(Meter.RUN_LAST_DURATION_SECONDS, row.getDouble("took"), door));
        }));
        found.addAll(Rows.of(
                transactions,
                RUNS,
                (row, to) -> to.add(
                        Sample.of(Meter.RUNS_DAY, row.getLong("n"), row.getString("door"), row.getString("outcome")))));
        found.addAll(problems());
        // Known, and none: 0.
        Label.REASON.known().forEach(reason -> found.add(Sample.of(Meter.REJECTS_DAY, 0, reason)));
        found.addAll(Rows.of(
                transactions,
                REJECTS,
                (row, to) -> to.add(Sample.of(Meter.REJECTS_DAY, row.getLong("n"), row.getString("reason")))));
        return found;
    }

    /** Of all kinds, once there was a run: no problem is an answer, too. */
    private List<Sample> problems() {
        List<Sample> found = new ArrayList<>(Rows.of(transactions, PROBLEMS, (row, to) -> {
            String kind = row.getString("kind");
            to.add(Sample.of(
                    Meter.RUN_LAST_PROBLEMS, kind == null ? 0 : row.getLong("n"), kind == null ? "key" : kind));
        }));
        if (!found.isEmpty()) {
            Label.KIND.known().forEach(kind -> found.add(Sample.of(Meter.RUN_LAST_PROBLEMS, 0, kind)));
        }
        return found;
    }

    private List<Sample> requests() {
        List<Sample> found = new ArrayList<>(Rows.of(transactions, REQUESTS, LedgerLooks::request));
        found.addAll(Rows.of(
                transactions,
                LAST_ANSWER,
                (row, to) ->
                        to.add(Sample.of(Meter.REQUEST_LAST_ANSWER_TIMESTAMP_SECONDS, row.getDouble("answered")))));
        found.addAll(Rows.of(transactions, DURATIONS, (row, to) -> {
            quantile(row, "half", "0.5", to);
            quantile(row, "most", "0.95", to);
            quantile(row, "longest", "1", to);
        }));
        return found;
    }

    private static void request(ResultSet row, List<Sample> to) throws SQLException {
        String endpoint = row.getString("endpoint");
        to.add(Sample.of(Meter.REQUESTS_DAY, row.getLong("n"), Facts.function(endpoint), row.getString("outcome")));
        for (String effect : Label.EFFECT.known()) {
            to.add(Sample.of(Meter.ROWS_DAY, row.getLong(effect), Facts.table(endpoint), effect));
        }
    }

    private static void quantile(ResultSet row, String column, String quantile, List<Sample> to) throws SQLException {
        Rows.number(row, column)
                .ifPresent(millis -> to.add(Sample.of(Meter.REQUEST_DURATION_DAY_SECONDS, millis / 1_000, quantile)));
    }
}
