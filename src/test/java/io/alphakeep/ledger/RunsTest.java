package io.alphakeep.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class RunsTest {

    private static final Instant START = Instant.parse("2024-11-08T21:05:00Z");

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Runs runs = new Runs(DATABASE.transactions());

    @BeforeEach
    void noRuns() {
        DATABASE.execute("TRUNCATE alpha_run");
    }

    @Test
    void aRunIsWrittenFirstAndClosedLast() {
        long run = runs.open(START, "command", "host", 42, "0.1");
        assertThat(runs.recent(10))
                .containsExactly(new RunLine(
                        run,
                        START,
                        Optional.empty(),
                        RunLine.RUNNING,
                        "command",
                        "host",
                        42,
                        "0.1",
                        RequestCounts.NONE,
                        RowCounts.NONE));

        RequestCounts requests = new RequestCounts(7, 6, 5, 4, 3, 2, 1);
        RowCounts rows = new RowCounts(10, 20, 30, 40, 50);
        runs.close(run, START.plusSeconds(9), "partial", requests, rows, "{\"run\": 1}");
        assertThat(runs.recent(10))
                .containsExactly(new RunLine(
                        run,
                        START,
                        Optional.of(START.plusSeconds(9)),
                        "partial",
                        "command",
                        "host",
                        42,
                        "0.1",
                        requests,
                        rows));
        assertThat(DATABASE.value("SELECT report ->> 'run' FROM alpha_run")).isEqualTo("1");
        assertThatThrownBy(() -> runs.close(run, START, "fine", requests, rows, null))
                .isInstanceOf(DatabaseException.class);
    }

    @Test
    void theNewestComeFirst() {
        long first = runs.open(START, "cron", "host", 1, "0.1");
        long second = runs.open(START.plusSeconds(1), "cron", "host", 1, "0.1");
        assertThat(runs.recent(10)).extracting(RunLine::run).containsExactly(second, first);
        assertThat(runs.recent(1)).extracting(RunLine::run).containsExactly(second);
    }

    @Test
    void aRunThatStoppedShowingLifeIsToldAsKilled() {
        long run = runs.open(START, "command", "host", 42, "0.1");
        assertThat(told(run)).isEqualTo(RunLine.RUNNING);
        expire();
        assertThat(told(run)).isEqualTo(RunLine.KILLED);
        runs.close(run, START, "done", RequestCounts.NONE, RowCounts.NONE, null);
        assertThat(told(run)).isEqualTo("done");
    }

    @Test
    void aSignOfLifeIsItsOwnRunsAndNotThatOfOneThatHasEnded() {
        long run = runs.open(START, "command", "host", 42, "0.1");
        long other = runs.open(START, "command", "host", 43, "0.1");
        expire();
        runs.alive(run, Duration.ofSeconds(30));
        assertThat(told(run)).isEqualTo(RunLine.RUNNING);
        assertThat(told(other)).isEqualTo(RunLine.KILLED);
        runs.close(other, START, "done", RequestCounts.NONE, RowCounts.NONE, null);
        runs.alive(other, Duration.ofSeconds(30));
        assertThat(told(other)).isEqualTo("done");
    }

    private String told(long run) {
        return runs.recent(10).stream()
                .filter(l -> l.run() == run)
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    private static void expire() {
        DATABASE.execute("UPDATE alpha_run SET alive_until = clock_timestamp() - interval '1 ms'");
    }
}
