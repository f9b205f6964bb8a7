package io.alphakeep.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.config.Failure;
import io.alphakeep.config.Schedule;
import io.alphakeep.run.Turn;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobTest {

    private static final Instant NOON = Instant.parse("2024-11-08T12:00:00Z");

    private Instant now = NOON.plusSeconds(1);
    private boolean open = true;
    private Turn answer = Turn.BEGUN;
    private Runnable over = () -> {};
    private final List<Instant> begun = new ArrayList<>();

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    private Job job(String cron) {
        return new Job("ingest", Schedule.of(cron, "UTC"), clock, () -> open, (tick, after) -> {
            begun.add(tick);
            over = after;
            return answer;
        });
    }

    @Test
    void aMissedTimeIsMadeUpForOnce() {
        Job job = job("0 0 * * * ?");
        job.look();
        over.run();
        job.look();
        assertThat(begun).containsExactly(NOON);
        // Three were missed, and one is made up for.
        now = NOON.plusSeconds(3 * 3600);
        job.look();
        over.run();
        job.look();
        assertThat(begun).containsExactly(NOON, NOON.plusSeconds(3 * 3600));
    }

    @Test
    void whatComesWhileItIsBusyIsBegunAfterwards() {
        Job job = job("* * * * * ?");
        job.look();
        now = NOON.plusSeconds(9);
        job.look();
        assertThat(begun).hasSize(1);
        over.run();
        assertThat(begun).containsExactly(NOON.plusSeconds(1), NOON.plusSeconds(9));
    }

    @Test
    void aTimeThatSomebodyElseTookIsDoneAndOneThatMustWaitIsOwed() {
        Job job = job("0 0 * * * ?");
        answer = Turn.LATER;
        job.look();
        job.look();
        assertThat(begun).hasSize(2);
        answer = Turn.PASSED;
        job.look();
        job.look();
        assertThat(begun).hasSize(3);
    }

    @Test
    void nothingBeginsWhileItIsClosedOrOff() {
        open = false;
        job("0 0 * * * ?").look();
        open = true;
        job("off").look();
        assertThat(begun).isEmpty();
    }

    @Test
    void aRefusalIsToldAndTriedAgainAndDoesNotEndTheSchedule() {
        int[] calls = {0};
        Job job = new Job("ingest", Schedule.of("0 0 * * * ?", "UTC"), clock, () -> true, (tick, after) -> {
            if (calls[0]++ == 1) {
                throw new IllegalStateException("nobody thought of it");
            }
            throw new Failure(Failure.Kind.CONFIGURATION, "the watchlist is empty", "fill it");
        });
        job.look();
        job.look();
        now = NOON.plusSeconds(3600);
        job.look();
        assertThat(calls[0]).isEqualTo(3);
    }

    @Test
    void anErrorDoesNotKeepTheNextLookFromBeginning() {
        int[] calls = {0};
        Job job = new Job("ingest", Schedule.of("0 0 * * * ?", "UTC"), clock, () -> true, (tick, after) -> {
            if (calls[0]++ == 0) {
                throw new OutOfMemoryError("as if");
            }
            return Turn.BEGUN;
        });
        assertThatThrownBy(job::look).isInstanceOf(OutOfMemoryError.class);
        job.look();
        assertThat(calls[0]).isEqualTo(2);
    }

    @Test
    void whatIsOwedIsTheLastTimeUnlessItWasHandled() {
        Schedule hourly = Schedule.of("0 0 * * * ?", "UTC").orElseThrow();
        assertThat(Job.owed(hourly, Instant.MIN, now)).isEqualTo(Optional.of(NOON));
        assertThat(Job.owed(hourly, NOON, now)).isEmpty();
    }
}
