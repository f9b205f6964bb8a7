package io.alphakeep.run;

import static io.alphakeep.run.RunKit.daily;
import static io.alphakeep.run.RunKit.full;
import static io.alphakeep.run.RunKit.intraday;
import static io.alphakeep.run.RunKit.month;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.fetch.FetchOutcome;
import io.alphakeep.market.Series;
import io.alphakeep.testkit.TestDatabase;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run does about answers that hold no data. */
class RefusalsTest {

    private static final FetchOutcome CUT_OFF = new FetchOutcome.Broken(FetchOutcome.Fault.CUT_OFF, "cut off");

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final RunKit kit = new RunKit(DATABASE);

    @Test
    void repeatsABodyThatCannotBeReadThenTellsIt() {
        Script api = Script.of(Bodies.data("{\"Meta Data\": {\"2. Symbol\": \"BAD\"}, \"Time Series\": {\"2024-"));

        RunKit.Finished done = kit.run(api, full(daily("BAD")));

        assertThat(api.asked("symbol")).hasSize(3);
        assertBrokenOnce(done, "BAD", "malformed");
    }

    @Test
    void doesNotRepeatABodyThatIsPastABound() {
        String rows = IntStream.rangeClosed(0, 10_000)
                .mapToObj(i -> "\"x" + i + "\":1")
                .collect(Collectors.joining(","));
        Script api = Script.of(Bodies.data("{\"Meta Data\": {\"2. Symbol\": \"MUCH\"}, \"t\": {" + rows + "}}"));

        RunKit.Finished done = kit.run(api, full(daily("MUCH")));

        assertThat(api.asked("symbol")).hasSize(1);
        assertBrokenOnce(done, "MUCH", "overfull");
    }

    @Test
    void repeatsAnAnswerAboutAnotherSymbolThenTellsIt() {
        Script api = Script.of(Bodies.bars("OTHER", "2024-11-08"));

        RunKit.Finished done = kit.run(api, full(daily("MINE")));

        assertThat(api.asked("symbol")).hasSize(3);
        assertBrokenOnce(done, "MINE", "wrong-symbol");
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data WHERE ticker = 'OTHER'"))
                .isEqualTo("0");
    }

    @Test
    void takesAGoodAnswerAfterABadOne() {
        Script api = Script.of(CUT_OFF, Bodies.bars("AGAIN", "2024-11-08"));

        RunKit.Finished done = kit.run(api, full(daily("AGAIN")));

        assertThat(done.exitCode()).isZero();
        assertThat(done.problems()).isEmpty();
        assertThat(ledger("AGAIN")).containsExactly("data");
    }

    @Test
    void asksTheCompactAnswerWhereTheFullOneIsPremium() {
        Script api = Script.of(
                new FetchOutcome.NotEntitled("full is a premium feature", true), Bodies.bars("PREM", "2024-11-08"));

        RunKit.Finished done = kit.run(api, full(daily("PREM")));

        assertThat(api.asked("outputsize")).containsExactly("full", "compact");
        assertThat(done.exitCode()).isZero();
        assertThat(kit.mark(daily("PREM")).fullRefused()).isTrue();
        assertThat(kit.mark(daily("PREM")).refreshOwed()).isFalse();
    }

    @Test
    void parksAFunctionThatIsNotInThePlanAfterOneRequest() {
        Script api = Script.of(new FetchOutcome.NotEntitled("a premium endpoint", false));
        Series[] all = {daily("PAY1"), daily("PAY2"), daily("PAY3")};

        RunKit.Finished done = kit.run(api, full(all[0]), full(all[1]), full(all[2]));

        assertThat(api.asked("symbol")).containsExactly("PAY1");
        assertThat(done.problems()).extracting(Problem::kind).containsExactly("premium");
        assertThat(done.exitCode()).isEqualTo(3);
        assertThat(all)
                .allSatisfy(
                        series -> assertThat(kit.mark(series).parkedReason()).startsWith("premium"));
        assertThat(kit.plan(all).isEmpty()).isTrue();
    }

    @Test
    void endsWhenTheKeyIsRefused() {
        Script api = Script.of(new FetchOutcome.KeyRefused("the parameter apikey is invalid"));

        RunKit.Finished done = kit.run(api, full(daily("KEY1")), full(daily("KEY2")));

        assertThat(api.asked("symbol")).containsExactly("KEY1");
        assertThat(done.problems()).extracting(Problem::kind).containsExactly("key");
        assertThat(done.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(done.exitCode()).isEqualTo(78);
    }

    @Test
    void parksAnUnknownSymbolInTheSecondRun() {
        Script api = Script.of(new FetchOutcome.SymbolRefused("Invalid API call"));

        RunKit.Finished first = kit.run(api, full(daily("NOPE")));

        assertThat(first.problems()).extracting(Problem::kind).containsExactly("symbol");
        assertThat(kit.mark(daily("NOPE")).parkedReason()).isNull();
        assertThat(kit.mark(daily("NOPE")).failuresInARow()).isEqualTo(1);

        kit.run(api, full(daily("NOPE")));

        assertThat(kit.mark(daily("NOPE")).parkedReason()).startsWith("symbol");
        assertThat(api.asked("symbol")).hasSize(2);
    }

    @Test
    void takesAMonthThatIsRefusedAsSymbolForAnEmptyOne() {
        Series series = intraday("YOUNG");
        Script api = Script.of(new FetchOutcome.SymbolRefused("Invalid API call"));

        RunKit.Finished done = kit.run(api, month(series, "2023-01", "2023-01"), month(series, "2023-01", "2023-02"));

        assertThat(done.exitCode()).isZero();
        assertThat(api.asked("month")).containsExactly("2023-01", "2023-02");
        assertThat(done.tally().requests().empty()).isEqualTo(2);
        assertThat(kit.mark(series).backfillThrough()).isEqualTo(LocalDate.of(2023, 2, 1));
        assertThat(kit.mark(series).lastAnswerAt()).isNull();
        assertThat(kit.mark(series).parkedReason()).isNull();
    }

    @Test
    void endsWhenRequestAfterRequestComesToNothing() {
        kit.attempts = 1;
        kit.unreachableLimit = 3;
        Script api = Script.of(CUT_OFF);

        RunKit.Finished done = kit.run(
                api, full(daily("N1")), full(daily("N2")), full(daily("N3")), full(daily("N4")), full(daily("N5")));

        assertThat(api.asked("symbol")).containsExactly("N1", "N2", "N3");
        assertThat(done.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(done.exitCode()).isEqualTo(69);
        Problem why = done.problems().get(0);
        assertThat(why.kind()).isEqualTo("api");
        assertThat(why.message()).endsWith("; 2 of 5 requests are left");
    }

    /** Where nothing was sent nothing is known of the series: the next run asks it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void holdsOffWhatWasAskedAlone(boolean sent) {
        Series series = daily(sent ? "SENT" : "UNSENT");
        Script api = Script.of(new FetchOutcome.Broken(FetchOutcome.Fault.UNREACHABLE, "no", sent));

        kit.run(api, full(series));

        assertThat(kit.mark(series).failuresInARow()).isEqualTo(sent ? 1 : 0);
        assertThat(kit.mark(series).lastAttemptAt()).isEqualTo(kit.now);
        assertThat(kit.plan(series).requests()).hasSize(sent ? 0 : 1);
        assertThat(kit.plan(series).failedLately()).hasSize(sent ? 1 : 0);
    }

    @Test
    void goesOnWhenAnAnswerComesInBetween() {
        kit.attempts = 1;
        kit.unreachableLimit = 2;
        Script api = Script.of(CUT_OFF, new FetchOutcome.Empty(""), CUT_OFF, new FetchOutcome.Empty(""));

        RunKit.Finished done = kit.run(api, full(daily("M1")), full(daily("M2")), full(daily("M3")), full(daily("M4")));

        assertThat(api.asked("symbol")).hasSize(4);
        assertThat(done.outcome()).isEqualTo(Outcome.PARTIAL);
    }

    @Test
    void repeatsATextThatNoRuleKnowsOnce() {
        kit.attempts = 4;
        Script api = Script.of(new FetchOutcome.Unknown("hello"));

        RunKit.Finished done = kit.run(api, full(daily("WHAT")));

        assertThat(api.asked("symbol")).hasSize(2);
        assertBrokenOnce(done, "WHAT", "unknown");
        assertThat(done.problems().get(0).message()).contains("hello");
    }

    @Test
    void spendsOneRequestOnWhatFailsUnexpectedly() {
        Script api = Script.by(p -> {
            throw new IllegalStateException("ours");
        });

        RunKit.Finished done = kit.run(api, full(daily("OURS")));

        assertThat(done.problems()).extracting(Problem::kind).containsExactly("unexpected");
        assertThat(api.asked("symbol")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void storesNothingWhereSimulatedAndRealMeet(boolean demo) {
        kit.demo = demo;
        String ticker = demo ? "REAL" : "SIMUL";
        Script api = Script.of(Bodies.bars(ticker, "2024-11-08"));

        RunKit.Finished done = kit.run(demo ? api : api.simulated(), full(daily(ticker)), full(daily(ticker + ".LON")));

        assertThat(done.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(done.exitCode()).isEqualTo(78);
        assertThat(done.tally().requests().sent()).isEqualTo(1);
        assertThat(done.problems()).extracting(Problem::kind).containsExactly("mark");
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data WHERE ticker = '" + ticker + "'"))
                .isEqualTo("0");
        assertThat(ledger(ticker)).isEmpty();
        assertThat(kit.mark(daily(ticker)).lastAnswerAt()).isNull();
    }

    private void assertBrokenOnce(RunKit.Finished done, String ticker, String kind) {
        assertThat(done.problems()).extracting(Problem::kind).containsExactly(kind);
        assertThat(done.exitCode()).isEqualTo(3);
        assertThat(ledger(ticker)).containsExactly(kind);
        assertThat(kit.mark(daily(ticker)).failuresInARow()).isEqualTo(1);
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data WHERE ticker = '" + ticker + "'"))
                .isEqualTo("0");
    }

    private static List<String> ledger(String ticker) {
        return DATABASE
                .query("SELECT outcome FROM alpha_request WHERE ticker = '" + ticker + "' ORDER BY request")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }
}
