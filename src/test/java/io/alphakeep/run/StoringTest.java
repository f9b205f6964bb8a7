package io.alphakeep.run;

import static io.alphakeep.run.RunKit.compact;
import static io.alphakeep.run.RunKit.daily;
import static io.alphakeep.run.RunKit.full;
import static io.alphakeep.run.RunKit.intraday;
import static io.alphakeep.run.RunKit.month;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.fetch.FetchOutcome;
import io.alphakeep.market.Series;
import io.alphakeep.market.Watermark;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an answer leaves behind, all of it or nothing. */
class StoringTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final RunKit kit = new RunKit(DATABASE);

    @Test
    void storesRowsLedgerLineAndWatermark() {
        Series series = daily("DATA");

        RunKit.Finished done = kit.run(Script.of(Bodies.bars("DATA", "2024-11-08", "2024-11-07")), full(series));

        assertThat(done.exitCode()).isZero();
        assertThat(rows("DATA")).isEqualTo(2);
        assertThat(ledger("DATA")).containsExactly(List.of("data", "2"));
        Watermark mark = kit.mark(series);
        assertThat(mark.lastTimestamp()).isEqualTo(Instant.parse("2024-11-08T00:00:00Z"));
        assertThat(mark.lastAnswerAt()).isEqualTo(RunKit.NOW);
        assertThat(leases("DATA")).isZero();
    }

    @Test
    void keepsNoRowWhenTheLedgerLineCannotBeWritten() {
        failLedgerOf("TORN", "RAISE EXCEPTION 'no line'");
        Series series = daily("TORN");

        RunKit.Finished done = kit.run(Script.of(Bodies.bars("TORN", "2024-11-08")), full(series));

        assertThat(done.exitCode()).isEqualTo(3);
        assertThat(done.problems()).extracting(Problem::kind).containsExactly("database");
        assertThat(rows("TORN")).isZero();
        assertThat(ledger("TORN")).isEmpty();
        assertThat(kit.mark(series).lastTimestamp()).isNull();
        assertThat(kit.mark(series).lastAnswerAt()).isNull();
        // It counts as a failure, or a poisonous answer would be asked for in every run.
        assertThat(kit.mark(series).failuresInARow()).isEqualTo(1);
        assertThat(leases("TORN")).isZero();
    }

    @Test
    void commitsAgainAfterADeadlock() {
        // A sequence counts across rolled back transactions: only the first line fails.
        DATABASE.execute("CREATE SEQUENCE lines");
        failLedgerOf("LOCK", "IF nextval('lines') = 1 THEN RAISE EXCEPTION 'dead' USING ERRCODE = '40P01'; END IF");
        Script api = Script.of(Bodies.bars("LOCK", "2024-11-08"));

        RunKit.Finished done = kit.run(api, full(daily("LOCK")));

        assertThat(done.exitCode()).isZero();
        assertThat(api.asked("symbol")).hasSize(1);
        assertThat(DATABASE.value("SELECT last_value FROM lines")).isEqualTo("2");
        assertThat(rows("LOCK")).isEqualTo(1);
        assertThat(ledger("LOCK")).hasSize(1);
    }

    @Test
    void keepsWhatIsStoredWhenTheAnswerIsEmpty() {
        Series series = daily("GONE");
        kit.run(Script.of(Bodies.bars("GONE", "2024-11-08")), full(series));
        kit.now = RunKit.NOW.plusSeconds(3600);

        RunKit.Finished done = kit.run(Script.of(new FetchOutcome.Empty("{}")), full(series));

        assertThat(done.exitCode()).isZero();
        assertThat(done.tally().requests().empty()).isEqualTo(1);
        assertThat(rows("GONE")).isEqualTo(1);
        assertThat(ledger("GONE")).containsExactly(List.of("data", "1"), List.of("empty", "0"));
        assertThat(kit.mark(series).lastAnswerAt()).isEqualTo(kit.now);
        assertThat(kit.mark(series).lastTimestamp()).isEqualTo(Instant.parse("2024-11-08T00:00:00Z"));
    }

    @Test
    void owesAFullAnswerAfterADividendUntilItCame() {
        Series series = Series.of("DIV", "TIME_SERIES_DAILY_ADJUSTED");
        kit.run(Script.of(Bodies.adjusted("DIV", "0.0000", "2024-11-06")), full(series));
        later();
        kit.run(Script.of(Bodies.adjusted("DIV", "0.0000", "2024-11-07", "2024-11-06")), compact(series));
        assertThat(kit.mark(series).refreshOwed()).isFalse();
        later();
        kit.run(Script.of(Bodies.adjusted("DIV", "0.2500", "2024-11-08", "2024-11-07")), compact(series));
        assertThat(kit.mark(series).refreshOwed()).isTrue();
        later();
        // The same dividend is in the next compact answer, no longer new: the debt stays.
        kit.run(Script.of(Bodies.adjusted("DIV", "0.2500", "2024-11-08", "2024-11-07")), compact(series));
        assertThat(kit.mark(series).refreshOwed()).isTrue();
        later();

        kit.run(Script.of(Bodies.adjusted("DIV", "0.2500", "2024-11-08", "2024-11-07")), full(series));

        assertThat(kit.mark(series).refreshOwed()).isFalse();
    }

    @Test
    void rejectsRowsWithoutAPartitionAndAsksThemAgain() throws Exception {
        Series series = daily("HOMELESS");
        Script api = Script.of(Bodies.bars("HOMELESS", "2024-09-06"));

        RunKit.Finished blocked = whileParentIsLocked(() -> kit.run(api, full(series)));

        assertThat(blocked.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(rows("HOMELESS")).isZero();
        assertThat(DATABASE.query("SELECT reason FROM alpha_reject WHERE ticker = 'HOMELESS'"))
                .containsExactly(List.of("no_partition"));
        later();
        assertThat(kit.plan(series).requests()).hasSize(1);
        assertThat(kit.run(api, full(series)).exitCode()).isZero();
        assertThat(rows("HOMELESS")).isEqualTo(1);
        assertThat(kit.mark(series).refreshOwed()).isFalse();
    }

    @Test
    void keepsRejectedRowsDueWhereFullAnswersAreRefused() throws Exception {
        Series series = daily("FREE");
        Script api = Script.by(p -> p.get("outputsize").equals("full")
                ? new FetchOutcome.NotEntitled("full is a premium feature", true)
                : Bodies.bars("FREE", "2024-08-06"));

        whileParentIsLocked(() -> kit.run(api, full(series)));
        later();

        assertThat(kit.plan(series).requests()).hasSize(1);
    }

    @Test
    void asksAMonthAgainWhoseRowsFoundNoPartition() throws Exception {
        Series series = intraday("MONTH");
        Script api = Script.by(p -> Bodies.bars("MONTH", p.get("month") + "-05 10:00:00"));

        RunKit.Finished blocked = whileParentIsLocked(
                () -> kit.run(api, month(series, "2021-03", "2021-03"), month(series, "2021-03", "2021-04")));

        assertThat(blocked.outcome()).isEqualTo(Outcome.PARTIAL);
        // The next month must not be asked either: counted as asked, it would leave the hole for ever.
        assertThat(api.asked("month")).containsExactly("2021-03");
        assertThat(kit.mark(series).backfillThrough()).isNull();
    }

    @Test
    void aMonthLeavesWhatItsSeriesOwesAsTheRunHasJustLeftIt() {
        Series series = intraday("OWES");
        kit.run(Script.of(Bodies.bars("OWES", "2024-11-07 10:00:00")), full(series));
        DATABASE.execute("UPDATE alpha_watermark SET refresh_owed = true WHERE ticker = 'OWES'");
        later();
        Script api = Script.by(p -> Bodies.bars(
                "OWES", p.getOrDefault("month", "2024-11") + (p.containsKey("month") ? "-05" : "-08") + " 10:00:00"));

        kit.run(api, full(series), month(series, "2023-03", "2023-03"));

        assertThat(kit.mark(series).refreshOwed()).isFalse();
        assertThat(kit.mark(series).backfillThrough()).isEqualTo(LocalDate.of(2023, 3, 1));
    }

    @Test
    void aBackfillFindsItsPartitionsThereBeforeItsFirstAnswer() {
        Series series = intraday("AHEAD");
        Script api = Script.by(p -> Bodies.bars(
                "AHEAD",
                DATABASE.value("SELECT count(*) FROM pg_class WHERE relname IN ('alpha_market_data_2019', "
                                        + "'alpha_market_data_2023_05', 'alpha_market_data_2023_06')")
                                .equals("3")
                        ? p.get("month") + "-05 10:00:00"
                        : "1999-01-05 10:00:00"));

        RunKit.Finished done = kit.run(
                api,
                month(series, "2019-11", "2019-11"),
                month(intraday("AHEAD2"), "2023-05", "2023-05"),
                month(intraday("AHEAD3"), "2023-06", "2023-06"));

        assertThat(api.asked("month")).contains("2019-11");
        assertThat(done.tally().rows().inserted()).isGreaterThan(0);
        assertThat(count("alpha_market_data WHERE ticker = 'AHEAD' AND \"timestamp\" >= '2019-11-01Z'"))
                .isEqualTo(1);
    }

    @Test
    void aPartitionThatMaintenanceDetachedMeanwhileIsMadeAgain() {
        Series series = daily("GONE");
        Script api = Script.by(p -> {
            boolean first = p.get("symbol").equals("GONE");
            if (!first) {
                DATABASE.execute(
                        "ALTER TABLE alpha_market_data DETACH PARTITION alpha_market_data_2024_02",
                        "ALTER TABLE alpha_market_data_2024_02 RENAME TO alpha_moved_away");
            }
            return Bodies.bars(p.get("symbol"), first ? "2024-02-05" : "2024-02-06");
        });

        RunKit.Finished done = kit.run(api, full(series), full(daily("GONE2")));

        assertThat(done.exitCode()).isZero();
        assertThat(count("alpha_market_data_2024_02")).isEqualTo(1);
        assertThat(count("alpha_moved_away")).isEqualTo(1);
        assertThat(ledger("GONE2")).containsExactly(List.of("data", "1"));
    }

    private void later() {
        kit.now = kit.now.plusSeconds(600);
    }

    private static RunKit.Finished whileParentIsLocked(java.util.function.Supplier<RunKit.Finished> run)
            throws Exception {
        try (Connection other = DATABASE.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE ONLY alpha_market_data IN ACCESS EXCLUSIVE MODE");
            RunKit.Finished finished = run.get();
            other.rollback();
            return finished;
        }
    }

    private static void failLedgerOf(String ticker, String body) {
        DATABASE.execute(
                "CREATE FUNCTION fail_" + ticker + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body
                        + "; RETURN NEW; END $$",
                "CREATE TRIGGER fail_" + ticker + " BEFORE INSERT ON alpha_request FOR EACH ROW WHEN (NEW.ticker = '"
                        + ticker + "') EXECUTE FUNCTION fail_" + ticker + "()");
    }

    private static int rows(String ticker) {
        return count("alpha_market_data WHERE ticker = '" + ticker + "'");
    }

    private static int leases(String ticker) {
        return count("alpha_watermark WHERE lease_run IS NOT NULL AND ticker = '" + ticker + "'");
    }

    private static int count(String from) {
        return Integer.parseInt(DATABASE.value("SELECT count(*) FROM " + from));
    }

    private static List<List<String>> ledger(String ticker) {
        return DATABASE.query(
                "SELECT outcome, rows_inserted FROM alpha_request WHERE ticker = '" + ticker + "' ORDER BY request");
    }
}
