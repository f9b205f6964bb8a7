package io.alphakeep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.ledger.Pruning;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What others left in the ledger, as the gauges tell it. */
@Tag("postgres")
class LooksTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @BeforeEach
    void empty() {
        DATABASE.execute("TRUNCATE alpha_run, alpha_request, alpha_reject, alpha_maintenance");
    }

    static List<String> told(List<Look> looks, Meter meter) {
        return looks.stream()
                .filter(look -> look.meters().contains(meter))
                .flatMap(look -> look.finder().find().stream())
                .filter(sample -> sample.meter() == meter)
                .map(sample -> String.join(",", sample.labels()) + " " + Math.round(sample.value()))
                .sorted()
                .toList();
    }

    private static List<String> ledger(Meter meter) {
        return told(new LedgerLooks(DATABASE.transactions()).all(), meter);
    }

    private static List<String> tables(Meter meter) {
        return told(new TableLooks(DATABASE.transactions(), (limit, used) -> {}).all(), meter);
    }

    private static void run(String door, String outcome, String ago, int ok, String problems) {
        DATABASE.execute(
                "INSERT INTO alpha_run (started_at, finished_at, outcome, door, host, process, version, requests_sent, requests_ok,"
                        + " report)"
                        + " VALUES (date_trunc('hour', now()) - interval '" + ago
                        + "', date_trunc('hour', now()) - interval '" + ago
                        + "' + interval '90 s', " + (outcome == null ? "NULL" : "'" + outcome + "'") + ", '" + door
                        + "', 'h', 1, '1', " + ok + ", " + ok + ", '{\"problems\": [" + problems + "]}')");
    }

    @Test
    void anEmptyLedgerTellsNothingOfRuns() {
        assertThat(ledger(Meter.RUN_LAST_SUCCESS_TIMESTAMP_SECONDS)).isEmpty();
        assertThat(ledger(Meter.RUN_LAST_PROBLEMS)).isEmpty();
        assertThat(ledger(Meter.REQUEST_DURATION_DAY_SECONDS)).isEmpty();
        assertThat(ledger(Meter.REJECTS_DAY)).contains("date 0");
        assertThat(tables(Meter.MAINTENANCE_LAST_SUCCESS_TIMESTAMP_SECONDS)).isEmpty();
    }

    @Test
    void runsOfEveryDoorAreTold() {
        run("command", "done", "30 hours", 1, "");
        run("command", "postponed", "3 hours", 0, "");
        run(
                "cron",
                "partial",
                "2 hours",
                4,
                "{\"kind\": \"premium\"}, {\"kind\": \"premium\"}, {\"kind\": \"new-word\"}");
        run("cron", "failed", "90 hours", 9, "{\"kind\": \"key\"}");
        String hours = "SELECT round(extract(epoch FROM date_trunc('hour', now()) - interval '%s' + interval '90 s'))";

        assertThat(ledger(Meter.RUN_LAST_SUCCESS_TIMESTAMP_SECONDS))
                .as("nothing was asked in the postponed one")
                .containsExactly(
                        "command " + DATABASE.value(hours.formatted("30 hours")),
                        "cron " + DATABASE.value(hours.formatted("2 hours")));
        assertThat(ledger(Meter.RUN_LAST_DURATION_SECONDS)).containsExactly("command 90", "cron 90");
        assertThat(ledger(Meter.RUNS_DAY)).containsExactly("command,postponed 1", "cron,partial 1");
        assertThat(ledger(Meter.RUN_LAST_PROBLEMS)).contains("premium 2", "new-word 1", "key 0");
    }

    /** With ledger.keep-days of a week they are all that is left of their kind. */
    @Test
    void theLastGoodRunAndPassAreToldHoweverLongAgoTheyWere() {
        run("cron", "done", "400 days", 1, "");
        run("cron", "failed", "1 hour", 0, "");
        DATABASE.execute("INSERT INTO alpha_maintenance (action, target, started_at, finished_at, outcome)"
                + " VALUES ('pass', 'all', 'epoch', 'epoch'::timestamptz + interval '100 s', 'done')");
        for (Pruning.Table table : Pruning.Table.values()) {
            new Pruning(DATABASE.transactions()).prune(table, Instant.now().minus(Duration.ofDays(7)), () -> false);
        }
        assertThat(ledger(Meter.RUN_LAST_SUCCESS_TIMESTAMP_SECONDS))
                .hasSize(1)
                .allMatch(line -> line.startsWith("cron "));
        assertThat(ledger(Meter.RUN_LAST_DURATION_SECONDS)).containsExactly("cron 90");
        assertThat(tables(Meter.MAINTENANCE_LAST_SUCCESS_TIMESTAMP_SECONDS))
                .contains("archive 100")
                .hasSize(5);
    }

    /** One that goes on for hours does not hide those that begin and end beside it, nor do they hide its end. */
    @Test
    void theLastGoodRunIsTheOneThatEndedLast() {
        run("cron", "done", "50 days", 1, "");
        run("cron", "done", "49 days", 1, "");
        run("cron", "failed", "1 hour", 0, "");
        DATABASE.execute("UPDATE alpha_run SET finished_at = finished_at + interval '2 days'"
                + " WHERE started_at < now() - interval '49 days 12 hours'");
        assertThat(ledger(Meter.RUN_LAST_DURATION_SECONDS)).containsExactly("cron " + (2 * 86_400 + 90));
        List<String> told = ledger(Meter.RUN_LAST_SUCCESS_TIMESTAMP_SECONDS);
        assertThat(told)
                .containsExactly("cron "
                        + DATABASE.value("SELECT max(extract(epoch FROM finished_at))::bigint FROM alpha_run"
                                + " WHERE outcome = 'done'"));
        new Pruning(DATABASE.transactions())
                .prune(Pruning.Table.ALPHA_RUN, Instant.now().minus(Duration.ofDays(7)), () -> false);
        assertThat(ledger(Meter.RUN_LAST_SUCCESS_TIMESTAMP_SECONDS)).isEqualTo(told);
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_run")).isEqualTo("2");
    }

    /** A run that had nothing to ask knows nothing of the key; one that asked does. */
    @Test
    void whatWasWrongIsWrongUntilARunAsksAgain() {
        run("cron", "failed", "5 hours", 0, "{\"kind\": \"key\"}");
        run("cron", "done", "4 hours", 0, "");
        assertThat(ledger(Meter.RUN_LAST_PROBLEMS)).contains("key 1");
        run("http", "done", "3 hours", 1, "");
        assertThat(ledger(Meter.RUN_LAST_PROBLEMS)).contains("key 0");
        run("http", "failed", "2 hours", 0, "{\"kind\": \"database\"}");
        assertThat(ledger(Meter.RUN_LAST_PROBLEMS)).contains("database 1");
    }

    @Test
    void requestsAndRejectsOfTheLastDay() {
        DATABASE.execute("""
                INSERT INTO alpha_request (run, ticker, endpoint, parameters, requested_at, outcome, http_status, duration_ms,
                                           body_bytes, rows_inserted, rows_rejected)
                SELECT 1, 'T' || i, e, '{}', now() - interval '1 hour' * h, o, 200, 1000 * i, 1, 10, 1
                FROM generate_series(1, 20) AS i,
                     (VALUES ('TIME_SERIES_INTRADAY_5min', 'data', 1), ('OVERVIEW', 'data', 23), ('OVERVIEW', 'symbol', 25)) AS v (e, o, h)
                """, """
                INSERT INTO alpha_reject (run, ticker, endpoint, rejected_at, reason, place, detail, payload)
                SELECT 1, 'IBM', 'X', now() - interval '1 hour' * h, 'date', '', '', '' FROM generate_series(1, 30) AS h
                """);

        assertThat(ledger(Meter.REQUESTS_DAY)).containsExactly("OVERVIEW,data 20", "TIME_SERIES_INTRADAY,data 20");
        assertThat(ledger(Meter.ROWS_DAY))
                .contains("alpha_market_data,inserted 200", "alpha_fundamental_data,rejected 20");
        assertThat(ledger(Meter.REQUEST_DURATION_DAY_SECONDS)).containsExactly("0.5 10", "0.95 19", "1 20");
        assertThat(ledger(Meter.REJECTS_DAY)).contains("number 0").anyMatch(line -> line.matches("date 2[34]"));
    }

    /** A refusal is no answer, a symbol without data is one, and after a week nobody asks. */
    @Test
    void theLastAnswerIsTheNewestThatCouldBeStored() {
        assertThat(ledger(Meter.REQUEST_LAST_ANSWER_TIMESTAMP_SECONDS)).isEmpty();
        answer("data", "8 days");
        assertThat(ledger(Meter.REQUEST_LAST_ANSWER_TIMESTAMP_SECONDS)).isEmpty();
        answer("data", "6 days");
        assertThat(ledger(Meter.REQUEST_LAST_ANSWER_TIMESTAMP_SECONDS)).containsExactly(answered("6 days"));
        answer("empty", "3 hours");
        answer("throttled", "1 hour");
        answer("data", "4 hours");
        assertThat(ledger(Meter.REQUEST_LAST_ANSWER_TIMESTAMP_SECONDS)).containsExactly(answered("3 hours"));
    }

    private static void answer(String outcome, String ago) {
        DATABASE.execute("INSERT INTO alpha_request"
                + " (run, ticker, endpoint, parameters, requested_at, outcome, http_status, duration_ms, body_bytes)"
                + " VALUES (1, 'IBM', 'X', '{}', date_trunc('hour', now()) - interval '" + ago + "', '" + outcome
                + "', 200, 1, 1)");
    }

    private static String answered(String ago) {
        return " "
                + DATABASE.value(
                        "SELECT extract(epoch FROM date_trunc('hour', now()) - interval '" + ago + "')::bigint");
    }
}
