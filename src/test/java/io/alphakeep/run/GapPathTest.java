package io.alphakeep.run;

import static io.alphakeep.run.RunKit.compact;
import static io.alphakeep.run.RunKit.daily;
import static io.alphakeep.run.RunKit.full;
import static io.alphakeep.run.RunKit.intraday;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Series;
import io.alphakeep.plan.Plan;
import io.alphakeep.plan.PlannedRequest;
import io.alphakeep.testkit.TestDatabase;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A hole in what is stored, from the run that leaves it to the run that fills it. */
class GapPathTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final RunKit kit = new RunKit(DATABASE);

    /** 2024-11-05 is missing in the first answer; the next session is that of Monday the 11th. */
    @Test
    void ofADailySeries() {
        Series series = daily("HOLE");
        kit.run(
                Script.of(Bodies.bars("HOLE", "2024-11-08", "2024-11-07", "2024-11-06", "2024-11-04")),
                compact(series));
        kit.lookForGaps(series);

        kit.now = Instant.parse("2024-11-12T02:00:00Z");
        Plan next = kit.plan(series);
        assertThat(next.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.reason()).contains("gap: the session of 2024-11-05 missing"));
        String[] whole = {"2024-11-11", "2024-11-08", "2024-11-07", "2024-11-06", "2024-11-05", "2024-11-04"};
        RunKit.Finished filled = kit.run(Script.of(Bodies.bars("HOLE", whole)), requests(next));

        assertThat(filled.tally().rows().inserted()).isEqualTo(2);
        assertThat(bars("HOLE", "2024-11-05")).isEqualTo("1");
        assertSettled(series);
    }

    /** The month is asked by itself, and by nothing else that is due. */
    @Test
    void ofAnIntradaySeries() {
        Series series = intraday("HOURS");
        kit.run(
                Script.of(Bodies.bars("HOURS", "2024-11-08 10:00:00", "2024-11-07 10:00:00", "2024-11-05 10:00:00")),
                full(series));
        kit.lookForGaps(series);

        PlannedRequest month = kit.plan(series).requests().stream()
                .filter(request -> request.month().isPresent())
                .findFirst()
                .orElseThrow();
        assertThat(month.reason()).contains("month 2024-11", "gap: the session of 2024-11-06 missing");
        Script api = Script.of(Bodies.bars("HOURS", "2024-11-06 10:00:00", "2024-11-05 10:00:00"));
        kit.run(api, month);

        assertThat(api.asked("month")).containsExactly("2024-11");
        assertThat(bars("HOURS", "2024-11-06")).isEqualTo("1");
        assertSettled(series);
    }

    private void assertSettled(Series series) {
        kit.lookForGaps(series);
        assertThat(kit.mark(series).holes().gap()).isEmpty();
        assertThat(kit.plan(series).requests()).isEmpty();
    }

    private static String bars(String ticker, String date) {
        return DATABASE.value("SELECT count(*) FROM alpha_market_data WHERE ticker = '" + ticker
                + "' AND (\"timestamp\" AT TIME ZONE 'UTC')::date = '" + date + "'");
    }

    private static PlannedRequest[] requests(Plan plan) {
        return plan.requests().toArray(PlannedRequest[]::new);
    }
}
