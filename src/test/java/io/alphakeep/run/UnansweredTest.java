package io.alphakeep.run;

import static io.alphakeep.run.RunKit.daily;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import io.alphakeep.plan.PlanOptions;
import io.alphakeep.plan.Planner;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a run that asks nothing is an outage. */
class UnansweredTest {

    private static final Instant NOW = Instant.parse("2024-11-08T02:00:00Z");
    private static final Instant FAILED = NOW.minusSeconds(60);

    private final Map<Series, Watermark> marks = new LinkedHashMap<>();

    private UnansweredTest with(String ticker, Instant answered, int failures, String parked) {
        Series series = daily(ticker);
        Instant attempted = failures > 0 ? FAILED : answered;
        marks.put(
                series,
                new Watermark(series, null, null, answered, attempted, failures, parked, false, false, null, null));
        return this;
    }

    private UnansweredTest failing(String ticker) {
        return with(ticker, null, 1, null);
    }

    private Optional<String> told() {
        return Unanswered.problem(
                        Planner.plan(
                                marks.keySet().stream()
                                        .map(s -> new WatchEntry(s, Optional.empty(), 0, Optional.empty()))
                                        .toList(),
                                marks,
                                PlanOptions.ordinary(),
                                NOW),
                        marks.values(),
                        3)
                .map(Problem::message);
    }

    @Test
    void asManyFailuresAsEndARunAndNoAnswerSince() {
        failing("A").with("B", null, 2, null).failing("C").with("OLD", NOW.minusSeconds(120), 0, null);
        assertThat(told())
                .contains(
                        "nothing was asked: 3 series failed, the API has answered nothing since, and none is asked again "
                                + "before 2024-11-08T02:09:00Z");
        with("SINCE", NOW.minusSeconds(30), 0, null);
        assertThat(told()).as("it answers").isEmpty();
    }

    @Test
    void withFewerItIsTheSeriesThatFail() {
        failing("A").failing("B").with("OLD", NOW.minusSeconds(120), 0, null);
        assertThat(told()).isEmpty();
    }

    @Test
    void ofAShortWatchlistAllAreEnough() {
        failing("A").with("GONE", null, 0, "symbol: unknown");
        assertThat(told()).isPresent();
    }

    @Test
    void whereSomethingIsAskedItsAnswerTells() {
        failing("A").failing("B").failing("C").with("DUE", null, 0, null);
        assertThat(told()).isEmpty();
    }

    @Test
    void whereNothingFailedNothingIsWrong() {
        with("OLD", NOW.minusSeconds(120), 0, null);
        assertThat(told()).isEmpty();
    }
}
