package io.alphakeep.run;

import static io.alphakeep.run.RunKit.daily;
import static io.alphakeep.run.RunKit.full;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.budget.AllowanceDay;
import io.alphakeep.budget.Limits;
import io.alphakeep.fetch.FetchOutcome;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a run does when the API says that it was asked too fast, or enough for the day. */
class SpentTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final RunKit kit = new RunKit(DATABASE);

    @Test
    void pausesEverybodyWhenThrottledAndRepeats() {
        Queue<String> waits = new ConcurrentLinkedQueue<>();
        kit.listener = new RunListener() {
            @Override
            public void waiting(String why) {
                waits.add(why);
            }
        };
        FetchOutcome slow = new FetchOutcome.Throttled("slow down", Duration.ofSeconds(1));
        Script api = Script.of(slow, Bodies.bars("SLOW", "2024-11-08"));

        RunKit.Finished done = kit.run(api, full(daily("SLOW")));

        assertThat(done.exitCode()).isZero();
        assertThat(api.asked("symbol")).hasSize(2);
        assertThat(done.tally().requests().throttled()).isEqualTo(1);
        assertThat(waits).contains("the API asked to slow down");
        assertThat(budget("paused_until IS NOT NULL")).isEqualTo("t");
    }

    @Test
    void closesTheDayWhenTheQuotaIsSpent() {
        Script api = Script.of(new FetchOutcome.QuotaExhausted("25 requests per day"));

        RunKit.Finished done = kit.run(api, full(daily("DAY1")), full(daily("DAY2")));

        assertThat(api.asked("symbol")).containsExactly("DAY1");
        assertThat(done.outcome()).isEqualTo(Outcome.POSTPONED);
        assertThat(done.exitCode()).isEqualTo(75);
        assertThat(budget("day_closed_until > clock_timestamp()")).isEqualTo("t");
        // Not a failure of the series: it is due as before, and the next run of this key asks nothing.
        assertThat(kit.mark(daily("DAY1")).failuresInARow()).isZero();
        assertThat(kit.run(api, full(daily("DAY1"))).exitCode()).isEqualTo(75);
        assertThat(api.asked("symbol")).hasSize(1);
    }

    /** The provider's clock may be behind ours, and still count the day before. */
    @Test
    void pausesWhereTheDayHasOnlyJustBegun() {
        kit.attempts = 1;
        LocalTime minute;
        do {
            minute = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
            kit.limits = Limits.of(
                    "unlimited",
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.of(25),
                    AllowanceDay.of(minute.toString()),
                    false);
            Script api = Script.of(new FetchOutcome.QuotaExhausted("25 requests per day"));
            kit.run(api, full(daily("YOUNG")));
            assertThat(api.asked("symbol")).hasSize(1);
            // Once more where the minute was over before it was asked.
        } while (!minute.equals(LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES)));
        assertThat(budget("day_closed_until IS NULL AND paused_until IS NOT NULL"))
                .isEqualTo("t");
    }

    @Test
    void isContentWithWhatItGotBeforeTheQuotaWasSpent() {
        Script api =
                Script.of(Bodies.bars("GOT", "2024-11-08"), new FetchOutcome.QuotaExhausted("25 requests per day"));

        RunKit.Finished done = kit.run(api, full(daily("GOT")), full(daily("MISSED")));

        assertThat(done.outcome()).isEqualTo(Outcome.POSTPONED);
        assertThat(done.exitCode()).isZero();
    }

    private String budget(String what) {
        return DATABASE.value("SELECT " + what + " FROM alpha_budget WHERE fingerprint = '" + kit.key + "'");
    }
}
