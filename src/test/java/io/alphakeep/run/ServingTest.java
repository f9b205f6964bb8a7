package io.alphakeep.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.fetch.ApiOptions;
import io.alphakeep.ledger.RunLine;
import io.alphakeep.ledger.Runs;
import io.alphakeep.testkit.TestDatabase;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServingTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Clock clock = Clock.systemUTC();

    /** Else it would be told as killed, and waited for at the end of the process. */
    @Test
    void aRunThatNoThreadIsToBeHadForIsOverAtOnce() {
        Runs runs = new Runs(DATABASE.transactions());
        long number = runs.open(Instant.parse("2024-11-08T22:00:00Z"), "cron", "host", 1, "0.1");
        ApiAccess access = new ApiAccess(
                ApiOptions.of(URI.create("http://127.0.0.1/query"), RunKit.KEY),
                "serving",
                RunKit.limits(OptionalInt.empty()));
        Under under =
                new Under(number, clock.instant(), false, access, new RunControl(clock, Optional.empty()), new Tally());
        AtomicInteger over = new AtomicInteger();
        OpenRun run = new OpenRun(
                under,
                DATABASE.transactions(),
                clock,
                listener -> {
                    throw new AssertionError("it was begun");
                },
                over::incrementAndGet);

        Serving serving = new Serving(null, UnstartableThread::new);
        assertThatThrownBy(() -> serving.start(run, "cron", () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("could not be started");

        RunLine line = runs.recent(1).get(0);
        assertThat(line.outcome()).isEqualTo("failed");
        assertThat(line.finishedAt()).isPresent();
        assertThat(over).hasValue(1);
    }
}
