package io.alphakeep.run;

import static io.alphakeep.run.RunKit.daily;
import static io.alphakeep.run.RunKit.full;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.alphakeep.fetch.FetchOutcome;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is repeated costs a request each time: only where it can help, and spread. */
@Tag("postgres")
class RepeatsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final RunKit kit = new RunKit(DATABASE);

    /** The provider has said that nothing more will come of asking, whether that could be written down or not. */
    @Test
    void anAnswerIsNotAskedForAgainWhenWhatItSaysOfTheAllowanceMeetsALock() {
        DATABASE.execute("""
                CREATE FUNCTION refuse_note() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'in the way' USING ERRCODE = '55P03';
                END $$""", """
                CREATE TRIGGER refuse_note BEFORE UPDATE ON alpha_budget FOR EACH ROW
                WHEN (OLD.day_closed_until IS DISTINCT FROM NEW.day_closed_until) EXECUTE FUNCTION refuse_note()""");
        kit.limits = RunKit.limits(OptionalInt.of(25));
        Script api = Script.of(new FetchOutcome.QuotaExhausted("25 requests per day"));
        try {
            RunKit.Finished done = kit.run(api, full(daily("SPENT")), full(daily("LATER")));

            assertThat(api.asked("symbol")).containsExactly("SPENT");
            assertThat(done.outcome()).isEqualTo(Outcome.POSTPONED);
            assertThat(done.problems()).isEmpty();
            assertThat(kit.mark(daily("SPENT")).failuresInARow()).isZero();
        } finally {
            DATABASE.execute("DROP TRIGGER refuse_note ON alpha_budget");
        }
    }

    @Test
    void waitsBeforeRepeatsTripleAndAreGiveOrTakeAHalfAndDiffer() {
        assertThat(Asker.Repeats.of(4)).isEqualTo(new Asker.Repeats(4, Duration.ofMillis(500), Duration.ofSeconds(30)));
        List<Duration> first = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            List<Duration> waits = waits(new Asker.Repeats(4, Duration.ofMillis(2), Duration.ofMillis(16)));
            assertThat(waits).hasSize(3);
            assertThat(waits.get(0)).isBetween(Duration.ofMillis(1), Duration.ofMillis(3));
            assertThat(waits.get(1)).isBetween(Duration.ofMillis(3), Duration.ofMillis(9));
            assertThat(waits.get(2)).as("the longest").isBetween(Duration.ofMillis(8), Duration.ofMillis(24));
            first.add(waits.get(0));
        }
        assertThat(first.stream().distinct().count()).isGreaterThan(5);
    }

    private static List<Duration> waits(Asker.Repeats repeats) {
        List<Duration> waits = new ArrayList<>();
        RetryPolicy<Object> policy = repeats.policy()
                .onRetryScheduled(repeat -> waits.add(repeat.getDelay()))
                .build();
        assertThatThrownBy(() -> Failsafe.with(policy).run(() -> {
                    throw new IllegalStateException("nobody listens");
                }))
                .hasMessage("nobody listens");
        return waits;
    }
}
