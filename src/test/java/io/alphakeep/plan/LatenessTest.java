package io.alphakeep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LatenessTest {

    /** A Saturday; Friday's session is published since Friday 20:15 in New York. */
    private static final Instant NOW = Instant.parse("2024-11-09T12:15:00Z");

    private static Map<String, Lateness> of(Given... given) {
        List<WatchEntry> entries = Arrays.stream(given).map(Given::entry).toList();
        Map<Series, Watermark> marks = Arrays.stream(given).collect(Collectors.toMap(g -> g.series, Given::mark));
        return Lateness.byFunction(entries, marks, NOW);
    }

    private static Given daily(String ticker) {
        return Given.series(ticker, "TIME_SERIES_DAILY");
    }

    @Test
    void whatIsMissingCountsFromWhenItWasPublished() {
        assertThat(of(daily("IBM").answered("2024-11-09T01:20:00Z")))
                .as("answered after Friday's session: nothing new before Monday")
                .containsEntry("TIME_SERIES_DAILY", new Lateness(Duration.ZERO, Duration.ZERO));
        assertThat(of(daily("IBM").answered("2024-11-09T01:10:00Z")))
                .as("answered before")
                .containsEntry("TIME_SERIES_DAILY", new Lateness(Duration.ofHours(11), Duration.ofHours(11)));
        assertThat(of(daily("IBM").answered("2024-11-08T01:20:00Z").every(Duration.ofHours(1))))
                .containsEntry(
                        "TIME_SERIES_DAILY", new Lateness(Duration.parse("PT33H55M"), Duration.parse("PT33H55M")));
    }

    @Test
    void longestAndMedianOfWhatIsAsked() {
        Instant week = NOW.minus(Duration.ofDays(7));
        Map<String, Lateness> late = of(
                daily("A").answered("2024-11-09T01:20:00Z"),
                daily("B").answered("2024-11-09T01:20:00Z"),
                daily("C").answered("2024-11-09T01:10:00Z"),
                daily("NEW").added(week).failed(3, NOW),
                daily("GONE").added(week.minus(Duration.ofDays(30))).parked("unknown symbol"),
                Given.series("GONE", "OVERVIEW").parked("unknown symbol"));
        assertThat(late)
                .containsOnlyKeys("TIME_SERIES_DAILY")
                .containsEntry("TIME_SERIES_DAILY", new Lateness(Duration.ofDays(7), Duration.ZERO));
    }
}
