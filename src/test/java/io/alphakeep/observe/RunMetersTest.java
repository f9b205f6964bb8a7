package io.alphakeep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.run.Outcome;
import io.alphakeep.run.RunListener;
import io.alphakeep.run.RunReport;
import io.alphakeep.write.WriteResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunMetersTest {

    private static final Instant START = Instant.parse("2024-11-08T22:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RunMeters runs = new RunMeters(new Meters(registry));

    private double count(Meter meter, String... tags) {
        return registry.get(meter.registered()).tags(tags).counter().count();
    }

    @Test
    void aRunIsCountedAsItGoes() {
        RunListener run = runs.runBegan("cron");
        run.planned(7, 5);
        run.requestEnded("IBM OVERVIEW", "OVERVIEW", "ok");
        run.requestEnded("IBM OVERVIEW", "OVERVIEW", "premium");
        run.requestEnded("IBM OVERVIEW", "OVERVIEW", "cut-off");
        assertThat(runs.requestsAhead()).isEqualTo(2);
        assertThat(count(Meter.REQUESTS_TOTAL, "function", "OVERVIEW", "outcome", "ok"))
                .isEqualTo(1);
        assertThat(count(Meter.REQUESTS_TOTAL, "function", "OVERVIEW", "outcome", "refused"))
                .isEqualTo(1);
        assertThat(count(Meter.REQUESTS_TOTAL, "function", "OVERVIEW", "outcome", "failed"))
                .isEqualTo(1);

        WriteResult rows = new WriteResult(1, 2, 3, 4, 5);
        run.ended(new RunReport(
                7,
                Outcome.PARTIAL,
                3,
                START,
                START.plusSeconds(4),
                new RunReport.Requests(5, 3, 1, 0, 0, 2, 2, 0, 0),
                rows.plus(rows),
                Map.of(
                        "TIME_SERIES_INTRADAY:5min", new RunReport.FunctionLine(1, 1, rows),
                        "OVERVIEW", new RunReport.FunctionLine(1, 1, rows)),
                new RunReport.Allowance(0, 0, -1, Optional.empty(), 0, 0),
                List.of(),
                0,
                true));

        assertThat(runs.requestsAhead())
                .as("what was not taken up is not ahead any more")
                .isZero();
        assertThat(count(Meter.RUNS_TOTAL, "door", "cron", "outcome", "partial"))
                .isEqualTo(1);
        assertThat(count(Meter.ROWS_TOTAL, "table", "alpha_market_data", "effect", "rejected"))
                .isEqualTo(5);
        assertThat(count(Meter.ROWS_TOTAL, "table", "alpha_fundamental_data", "effect", "changed"))
                .isEqualTo(2);
        assertThat(registry.get(Meter.RUN_DURATION_SECONDS.registered())
                        .tags("door", "cron")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(4);
    }
}
