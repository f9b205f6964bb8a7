package io.alphakeep.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);

    private List<String> series(Meter meter) {
        return registry.getMeters().stream()
                .filter(m -> m.getId().getName().equals(meter.registered()))
                .map(m -> m.getId().getTags().stream().map(Tag::getValue).collect(Collectors.joining(","))
                        + " "
                        + m.measure().iterator().next().getValue())
                .sorted()
                .toList();
    }

    @Test
    void countersAreThereAtZeroAndGaugesAreNotUntilTheyAreKnown() {
        assertThat(series(Meter.MAINTENANCE_PASSES_TOTAL)).contains("done 0.0").hasSize(6);
        assertThat(series(Meter.RUNS_TOTAL)).hasSize(15).allMatch(line -> line.endsWith(" 0.0"));
        assertThat(Arrays.stream(Meter.values()).filter(m -> m.kind() == Meter.Kind.GAUGE))
                .allSatisfy(meter -> assertThat(series(meter)).isEmpty());

        meters.count(Meter.RUNS_TOTAL, 2, "cron", "done");
        meters.took(Meter.RUN_DURATION_SECONDS, Duration.ofSeconds(3), "http");
        assertThat(series(Meter.RUNS_TOTAL)).contains("cron,done 2.0", "cron,failed 0.0");
        assertThat(series(Meter.RUN_DURATION_SECONDS)).containsExactly("command 0.0", "cron 0.0", "http 1.0");
    }

    @Test
    void aGaugeThatIsNoLongerKnownIsGone() {
        List<Meter> both = List.of(Meter.SERIES, Meter.ALLOWANCE_REMAINING);
        meters.set(
                both,
                List.of(
                        Sample.of(Meter.SERIES, 7, "watched"),
                        Sample.of(Meter.ALLOWANCE_REMAINING, 3, "day"),
                        Sample.of(Meter.ALLOWANCE_REMAINING, 0, "minute")));
        assertThat(series(Meter.ALLOWANCE_REMAINING)).containsExactly("day 3.0", "minute 0.0");

        meters.set(both, List.of(Sample.of(Meter.ALLOWANCE_REMAINING, 2, "day")));

        assertThat(series(Meter.SERIES)).isEmpty();
        assertThat(series(Meter.ALLOWANCE_REMAINING)).containsExactly("day 2.0");

        meters.set(both, List.of(Sample.of(Meter.SERIES, 8, "watched")));

        assertThat(series(Meter.SERIES)).as("known again").containsExactly("watched 8.0");
    }

    /** A scrape may come at any time, and an alert takes a series that is away for one that is gone. */
    @Test
    void aSeriesThatStaysIsNeverAwayInBetween() {
        List<String> taken = new ArrayList<>();
        registry.config().onMeterRemoved(meter -> taken.add(meter.getId().toString()));
        for (int used = 1; used <= 3; used++) {
            meters.set(
                    List.of(Meter.ALLOWANCE_USED_TODAY, Meter.ALLOWANCE_REMAINING),
                    List.of(
                            Sample.of(Meter.ALLOWANCE_USED_TODAY, used),
                            Sample.of(Meter.ALLOWANCE_REMAINING, 9 - used, "day")));
            assertThat(series(Meter.ALLOWANCE_USED_TODAY)).containsExactly(" " + used + ".0");
            assertThat(series(Meter.ALLOWANCE_REMAINING)).containsExactly("day " + (9 - used) + ".0");
        }
        assertThat(taken).isEmpty();
    }

    @Test
    void noDataMakesMoreSeriesThanTheClosedSetsHave() {
        List<Sample> flood = new ArrayList<>();
        IntStream.range(0, 5_000).forEach(i -> {
            flood.add(Sample.of(Meter.REQUESTS_DAY, 1, "TICKER" + i, "word" + i));
            flood.add(Sample.of(Meter.TABLE_SIZE_BYTES, 1, "alpha_market_data_" + i));
            flood.add(Sample.of(Meter.INDEX_SCANS, 1, "alpha_market_data_" + i + "_mine"));
            flood.add(Sample.of(Meter.RUN_LAST_SUCCESS_TIMESTAMP_SECONDS, i, "door" + i));
            meters.count(Meter.REQUESTS_TOTAL, 1, "FUNCTION" + i, "word" + i);
        });
        meters.set(
                List.of(
                        Meter.REQUESTS_DAY,
                        Meter.TABLE_SIZE_BYTES,
                        Meter.INDEX_SCANS,
                        Meter.RUN_LAST_SUCCESS_TIMESTAMP_SECONDS),
                flood);

        assertThat(series(Meter.REQUESTS_DAY)).containsExactly("other,other 5000.0");
        assertThat(series(Meter.TABLE_SIZE_BYTES)).containsExactly("other 5000.0");
        assertThat(series(Meter.INDEX_SCANS)).containsExactly("other 5000.0");
        assertThat(series(Meter.RUN_LAST_SUCCESS_TIMESTAMP_SECONDS)).containsExactly("other 4999.0");
        assertThat(series(Meter.REQUESTS_TOTAL)).contains("other,other 5000.0");
        assertThat(Arrays.stream(Meter.values())
                        .mapToInt(MetersTest::mostSeries)
                        .sum())
                .as("series that there can be")
                .isLessThan(1_500);
        assertThat(Label.values())
                .allSatisfy(label -> assertThat(label.text()).doesNotContain("ticker", "symbol", "job", "instance"));
    }

    private static int mostSeries(Meter meter) {
        return meter.labels().stream()
                .mapToInt(label -> label.known().size() + 1)
                .reduce(1, (a, b) -> a * b);
    }

    @Test
    void aValueTooFewIsAMistakeOfOurs() {
        assertThatThrownBy(() -> meters.count(Meter.RUNS_TOTAL, 1, "cron")).hasMessageContaining("RUNS_TOTAL");
    }

    @Test
    void theReadmeHasThemAll() throws IOException {
        String table = Arrays.stream(Meter.values())
                .map(meter -> "| `" + meter.exposed() + "` | "
                        + (meter.kind() == Meter.Kind.TIMER
                                ? "summary"
                                : meter.kind().name().toLowerCase(Locale.ROOT)) + " | "
                        + meter.unit() + " | "
                        + meter.labels().stream().map(Label::text).collect(Collectors.joining(", ")) + " | "
                        + meter.help() + " |\n")
                .collect(Collectors.joining());
        assertThat(Files.readString(Path.of("README.md"))).contains(table);
    }
}
