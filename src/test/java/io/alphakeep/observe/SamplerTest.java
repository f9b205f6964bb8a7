package io.alphakeep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.db.DatabaseException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerTest {

    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> asked = new ArrayList<>();
    private Instant now = Instant.parse("2024-11-08T22:00:00Z");
    private boolean gone;
    private String state = "08006";

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    private final Sampler sampler = new Sampler(
            new Meters(registry),
            clock,
            INTERVAL,
            List.of(
                    new Look("series", List.of(Meter.SERIES), () -> find("quick", Duration.ofMillis(10), 1)),
                    new Look("tables", List.of(Meter.TABLE_ROWS), () -> find("slow", Duration.ofSeconds(2), 2))));

    private List<Sample> find(String name, Duration takes, double value) {
        asked.add(name);
        now = now.plus(takes);
        if (gone) {
            throw new DatabaseException(new SQLException("gone", state));
        }
        return List.of(
                name.equals("quick")
                        ? Sample.of(Meter.SERIES, value, "watched")
                        : Sample.of(Meter.TABLE_ROWS, value, "alpha_run"));
    }

    private List<Double> values(Meter meter) {
        return registry.find(meter.registered()).gauges().stream()
                .map(Gauge::value)
                .toList();
    }

    @Test
    void onceTheProcessEndsNothingIsLookedAt() {
        sampler.end();
        sampler.sample();
        assertThat(asked).isEmpty();
    }

    @Test
    void whatTakesLongIsLookedAtSeldom() {
        for (int i = 0; i < 12; i++) {
            sampler.sample();
            now = now.plus(INTERVAL);
        }
        assertThat(asked.stream().filter("quick"::equals)).hasSize(12);
        assertThat(asked.stream().filter("slow"::equals))
                .as("200 s of rest after 2 s of work")
                .hasSize(2);
    }

    @Test
    void whatChangesSlowlyIsLookedAtSeldomAndNotFirst() {
        Sampler slow = new Sampler(
                new Meters(registry),
                clock,
                INTERVAL,
                List.of(new Look(
                        "findings",
                        List.of(Meter.SERIES),
                        INTERVAL.multipliedBy(10),
                        () -> find("quick", Duration.ofMillis(10), 1))));
        slow.sample();
        assertThat(asked).as("the process becomes ready without it").isEmpty();
        for (int i = 0; i < 20; i++) {
            now = now.plus(INTERVAL);
            slow.sample();
        }
        assertThat(asked).hasSize(2);
    }

    /** A server that hung made it long: what the gauges tell is never older than this for its sake. */
    @Test
    void noLookRestsForLongerThanFiveMinutes() {
        Sampler slow = new Sampler(
                new Meters(registry),
                clock,
                INTERVAL,
                List.of(new Look("tables", List.of(Meter.TABLE_ROWS), () -> find("slow", Duration.ofMinutes(1), 2))));
        slow.sample();
        now = now.plus(Duration.ofMinutes(5)).minusMillis(1);
        slow.sample();
        assertThat(asked).hasSize(1);
        now = now.plusMillis(1);
        slow.sample();
        assertThat(asked).hasSize(2);
    }

    /** Nobody waits for gauges of a server that is back; but a look that is ended for its length does not try at every turn. */
    @Test
    void whatFailedIsTriedAgainAtTheNextTurnUnlessItTookTooLong() {
        gone = true;
        sampler.sample();
        now = now.plus(INTERVAL).minusSeconds(2);
        gone = false;
        sampler.sample();
        assertThat(asked).containsExactly("quick", "slow", "quick", "slow");
        assertThat(values(Meter.TABLE_ROWS)).containsExactly(2.0);

        asked.clear();
        now = now.plusSeconds(201);
        gone = true;
        state = "57014";
        sampler.sample();
        now = now.plus(INTERVAL);
        sampler.sample();
        assertThat(asked).containsExactly("quick", "slow", "quick");
    }

    @Test
    void whatCannotBeReadKeepsItsLastValueAndItsTime() {
        sampler.sample();
        List<Double> times = values(Meter.SAMPLE_TIMESTAMP_SECONDS);
        gone = true;
        now = now.plus(Duration.ofHours(1));
        sampler.sample();

        assertThat(asked).containsExactly("quick", "slow", "quick", "slow");
        assertThat(values(Meter.SERIES)).containsExactly(1.0);
        assertThat(values(Meter.TABLE_ROWS)).containsExactly(2.0);
        assertThat(values(Meter.SAMPLE_TIMESTAMP_SECONDS)).isEqualTo(times).hasSize(2);
        assertThat(registry.get(Meter.SAMPLES_TOTAL.registered())
                        .tags("sample", "series", "result", "failed")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
