package io.alphakeep.run;

import static io.alphakeep.run.RunKit.daily;
import static io.alphakeep.run.RunKit.full;
import static io.alphakeep.run.RunKit.month;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.fetch.FetchOutcome;
import io.alphakeep.fetch.HeldBody;
import io.alphakeep.market.Interval;
import io.alphakeep.market.Series;
import io.alphakeep.testkit.TestDatabase;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What must hold when something unlikely happens. */
class GuardsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final FetchOutcome DOWN =
            new FetchOutcome.Broken(FetchOutcome.Fault.UNREACHABLE, "nothing listens there");

    private final RunKit kit = new RunKit(DATABASE);

    @Test
    void aKeyThatIsEchoedBesideRowsIsNotInTheLedger() {
        String body = "{\"Information\": \"We have detected your API key as CANARY7KEY9 and …\","
                + "\"Meta Data\": {\"1. Information\": \"for CANARY7KEY9\", \"2. Symbol\": \"ECHO\"},"
                + "\"Time Series (Daily)\": {\"2024-11-08\": {\"4. close\": \"1.5\"}, \"CANARY7KEY9\": {\"4. close\": \"x\"}}}";

        kit.run(Script.of(Bodies.data(body)), full(daily("ECHO")));

        assertThat(DATABASE.value("SELECT count(*) FROM alpha_request WHERE ticker = 'ECHO' AND rows_inserted = 1"))
                .isEqualTo("1");
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_reject WHERE ticker = 'ECHO'"))
                .isEqualTo("1");
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_request t WHERE t::text LIKE '%CANARY%'"))
                .isEqualTo("0");
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_reject t WHERE t::text LIKE '%CANARY%'"))
                .isEqualTo("0");
    }

    /** A large one that is not closed would keep all others waiting for ever. */
    @Test
    void everyBodyIsClosedWhateverBecomesOfIt() {
        AtomicInteger open = new AtomicInteger();
        Supplier<FetchOutcome> whole = () -> held(Bodies.bars("CLOSED", "2024-11-08"), open);
        Supplier<FetchOutcome> cut = () -> held(Bodies.data("{\"x\": {\"2024-"), open);

        kit.run(Script.by(parameters -> whole.get()), full(daily("CLOSED")));
        assertThat(open).hasValue(0);
        kit.run(Script.by(parameters -> cut.get()), full(daily("CLOSED")));
        assertThat(open).hasValue(0);
        kit.run(Script.by(parameters -> whole.get()), full(daily("OTHERS")));
        assertThat(open).hasValue(0);
        kit.run(Script.by(parameters -> whole.get()).simulated(), full(daily("CLOSED")));
        assertThat(open).hasValue(0);
    }

    private static FetchOutcome held(FetchOutcome.Data data, AtomicInteger open) {
        open.incrementAndGet();
        return new FetchOutcome.Data(HeldBody.of(data.body().toByteArray(), open::decrementAndGet), data.csv());
    }

    @Test
    void aPlanOfOneRequestThatMeetsAnOutageIsUnavailable() {
        RunKit.Finished done = kit.run(Script.of(DOWN), full(daily("ALONE")));

        assertThat(done.exitCode()).isEqualTo(69);
        assertThat(done.problems()).extracting(Problem::kind).contains("api");
    }

    @Test
    void anErrorOfAWorkerDoesNotPassForSuccess() {
        Script api = Script.by(parameters -> {
            throw new OutOfMemoryError("as if");
        });

        RunKit.Finished done = kit.run(api, full(daily("HEAP1")), full(daily("HEAP2")));

        assertThat(done.exitCode()).isEqualTo(1);
        assertThat(done.tally().requests().failed()).isEqualTo(1);
    }

    @Test
    void aMonthIsNotAskedBeforeTheOneBeforeIt() {
        Series series = Series.of("ORDER", "TIME_SERIES_INTRADAY", Interval.FIVE_MINUTES);
        Script api = Script.of(Bodies.bars("ORDER", "2023-02-01 10:00:00"));

        RunKit.Finished done = kit.run(api, month(series, "2023-01", "2023-02"));

        assertThat(api.asked("month")).isEmpty();
        assertThat(done.tally().requests().skipped()).isEqualTo(1);
        assertThat(kit.mark(series).backfillThrough()).isNull();
    }

    @Test
    void theMonthsOfASeriesFollowEachOtherHoweverManyWorkersThereAre() {
        Series series = Series.of("CHAIN", "TIME_SERIES_INTRADAY", Interval.FIVE_MINUTES);
        Script api = Script.by(parameters -> Bodies.bars("CHAIN", parameters.get("month") + "-03 10:00:00"));
        kit.workers = 4;

        RunKit.Finished done = kit.run(
                api,
                month(series, "2023-01", "2023-01"),
                month(series, "2023-01", "2023-02"),
                month(series, "2023-01", "2023-03"),
                month(series, "2023-01", "2023-04"));

        assertThat(api.asked("month")).containsExactly("2023-01", "2023-02", "2023-03", "2023-04");
        assertThat(done.tally().requests().ok()).isEqualTo(4);
        assertThat(kit.mark(series).backfillThrough()).hasToString("2023-04-01");
    }

    @Test
    void aStandInDoesNotTouchTheAllowanceOfARealKey() {
        Script api = Script.of(new FetchOutcome.QuotaExhausted("25 requests per day"))
                .simulated();

        RunKit.Finished done = kit.run(api, full(daily("MARK")));

        assertThat(done.exitCode()).isEqualTo(78);
        assertThat(DATABASE.value(
                        "SELECT day_closed_until IS NULL FROM alpha_budget WHERE fingerprint = '" + kit.key + "'"))
                .isEqualTo("t");
    }

    @Test
    void aLeaseThatCannotBeGivenBackDoesNotTurnASuccessIntoAFailure() {
        DATABASE.execute("""
                CREATE FUNCTION refuse_release() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'in the way' USING ERRCODE = '55P03';
                END $$""", """
                CREATE TRIGGER refuse_release BEFORE UPDATE ON alpha_watermark FOR EACH STATEMENT
                WHEN (pg_trigger_depth() = 0 AND current_query() LIKE '%lease_run = NULL%'
                      AND current_query() NOT LIKE '%last_answer_at%') EXECUTE FUNCTION refuse_release()""");
        try {
            RunKit.Finished done = kit.run(Script.of(Bodies.bars("KEPT", "2024-11-08")), full(daily("KEPT")));

            assertThat(done.exitCode()).isZero();
            assertThat(done.tally().requests().failed()).isZero();
            assertThat(kit.mark(daily("KEPT")).failuresInARow()).isZero();
        } finally {
            DATABASE.execute("DROP TRIGGER refuse_release ON alpha_watermark");
        }
    }

    @Test
    void outagesDoNotCountTowardsParking() {
        Series series = daily("SHAKY");
        kit.run(Script.of(DOWN), full(series));
        kit.run(Script.of(DOWN), full(series));

        kit.run(Script.of(new FetchOutcome.SymbolRefused("Invalid API call")), full(series));

        assertThat(kit.mark(series).parkedReason()).isNull();
    }
}
