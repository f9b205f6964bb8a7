package io.alphakeep.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.budget.AllowanceDay;
import io.alphakeep.budget.Limits;
import io.alphakeep.fetch.Api;
import io.alphakeep.fetch.FetchOutcome;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No request leaves on a permit that may not be used any more, and such a permit is not spent. */
class SenderTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final RunKit kit = new RunKit(DATABASE);

    private String used() {
        return DATABASE.value("SELECT utc_used FROM alpha_budget WHERE fingerprint = '" + kit.key + "'");
    }

    @Test
    void aRequestThatWasTooLateIsSentOnAnotherPermitAndCostsOne() {
        kit.limits = RunKit.limits(OptionalInt.of(1));
        Script script = Script.of(new FetchOutcome.Empty("nothing"));
        AtomicInteger late = new AtomicInteger(2);
        Api api = (parameters, csv, departure) ->
                late.getAndDecrement() > 0 ? Optional.empty() : script.ask(parameters, csv, departure);
        RunKit.Finished finished = kit.run(api, RunKit.compact(RunKit.daily("LATE")));
        assertThat(finished.tally().requests().sent()).isEqualTo(1);
        assertThat(script.asked("symbol")).hasSize(1);
        assertThat(used()).isEqualTo("1");
    }

    @Test
    void whereEveryPermitIsTooLateTheRunEndsAndSpendsNothing() {
        kit.limits = RunKit.limits(OptionalInt.of(25));
        RunKit.Finished finished =
                kit.run((parameters, csv, departure) -> Optional.empty(), RunKit.compact(RunKit.daily("SLOW")));
        assertThat(finished.exitCode()).isEqualTo(69);
        assertThat(finished.problems()).anyMatch(p -> p.message().contains("within 200 ms"));
        assertThat(finished.tally().requests().sent()).isZero();
        assertThat(used()).isEqualTo("0");
    }

    @Test
    void whatFoundNoConnectionGoesBackToTheDay() {
        kit.limits = RunKit.limits(OptionalInt.of(25));
        FetchOutcome refused = new FetchOutcome.Broken(FetchOutcome.Fault.UNREACHABLE, "connection refused", false);
        RunKit.Finished finished = kit.run(Script.of(refused), RunKit.compact(RunKit.daily("GONE")));
        assertThat(finished.exitCode()).isEqualTo(69);
        assertThat(finished.tally().requests().sent()).isZero();
        assertThat(used()).isEqualTo("0");
    }

    /** Asked in between, each would be told a new end of it, and all would come back at once. */
    @Test
    void aPauseIsSleptToItsEndBeforeItIsAskedAgain() {
        AtomicInteger waits = new AtomicInteger();
        kit.listener = new RunListener() {
            @Override
            public void waiting(String why) {
                waits.incrementAndGet();
            }
        };
        Script script = Script.of(
                new FetchOutcome.Throttled("slow down", Duration.ofMillis(1_600)), new FetchOutcome.Empty("nothing"));
        kit.run(script, RunKit.compact(RunKit.daily("PAUSED")));
        assertThat(script.asked("symbol")).hasSize(2);
        assertThat(waits).hasValue(1);
    }

    @Test
    void aRequestDoesNotLeaveOnceTheRunHasEnded() {
        Script script = Script.of(new FetchOutcome.Empty("nothing"));
        AtomicReference<RunControl> control = new AtomicReference<>();
        kit.started = control::set;
        Api api = (parameters, csv, departure) -> {
            control.get().end(new RunControl.End.Allowance("another worker heard that the day is spent"));
            return script.ask(parameters, csv, departure);
        };
        RunKit.Finished finished = kit.run(api, RunKit.compact(RunKit.daily("ENDED")));
        assertThat(finished.tally().requests().sent()).isZero();
        assertThat(script.asked("symbol")).isEmpty();
        assertThat(used()).isEqualTo("0");
    }

    /** Its way to the API can be longer than the windows allow for: they hold it from its answer on. */
    @Test
    void aSlowRequestOnANewConnectionHoldsItsPlaceFromItsAnswerOn() {
        kit.limits = Limits.of(
                "premium-75",
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                AllowanceDay.STRICT,
                false);
        Script script = Script.of(new FetchOutcome.Empty("nothing"));
        AtomicReference<Instant> answered = new AtomicReference<>();
        Api api = (parameters, csv, departure) -> {
            boolean left = departure.mayLeave(true);
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            answered.set(Instant.parse(
                    DATABASE.value("SELECT to_char(clock_timestamp(), 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")));
            return script.ask(parameters, csv, open -> left);
        };
        kit.run(api, RunKit.compact(RunKit.daily("FIRST")));
        assertThat(DATABASE.value("SELECT recent[cardinality(recent)] >= '" + answered.get()
                        + "' FROM alpha_budget WHERE fingerprint = '" + kit.key + "'"))
                .isEqualTo("t");
        assertThat(used()).isEqualTo("1");
    }
}
