package io.alphakeep.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Interval;
import io.alphakeep.market.Series;
import io.alphakeep.market.Watermark;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class WatermarksTest {

    private static final Instant MONDAY = Instant.parse("2024-11-04T00:00:00Z");
    private static final Instant FRIDAY = Instant.parse("2024-11-08T00:00:00Z");
    private static final Instant AT = Instant.parse("2024-11-08T21:05:00Z");

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Leases leases = new Leases(DATABASE.transactions());
    private final Watermarks watermarks = new Watermarks(DATABASE.transactions());
    private final Parking parking = new Parking(DATABASE.transactions());

    @Test
    void aSeriesThatWasNeverAskedHasTheEmptyWatermarkAndNoLine() {
        Series absent = Series.of("ABSENT", "TIME_SERIES_INTRADAY", Interval.FIVE_MINUTES);
        assertThat(watermarks.load(List.of(absent))).containsExactly(Map.entry(absent, Watermark.none(absent)));
        assertThat(watermarks.load(List.of())).isEmpty();
        assertThat(watermarks.all()).doesNotContainKey(absent);
    }

    @Test
    void answersWidenTheBoundsAndNeverNarrowThem() {
        Series series = Series.of("WIDE", "TIME_SERIES_INTRADAY", Interval.FIVE_MINUTES);
        answer(
                series,
                new Answered(MONDAY, FRIDAY, AT, AT, true, true, LocalDate.of(2024, 1, 1), LocalDate.of(2024, 3, 1)));
        answer(series, new Answered(MONDAY.plusSeconds(60), FRIDAY.minusSeconds(60), AT, AT, true, true, null, null));
        answer(
                series,
                new Answered(
                        null, null, AT.plusSeconds(1), AT.plusSeconds(1), false, true, null, LocalDate.of(2024, 4, 1)));
        assertThat(watermarks.load(List.of(series)).get(series))
                .isEqualTo(new Watermark(
                        series,
                        MONDAY,
                        FRIDAY,
                        AT.plusSeconds(1),
                        AT.plusSeconds(1),
                        0,
                        null,
                        false,
                        true,
                        null,
                        LocalDate.of(2024, 4, 1)));
        answer(series, new Answered(MONDAY.minusSeconds(60), FRIDAY.plusSeconds(60), AT, AT, false, false, null, null));
        Watermark wider = watermarks.all().get(series);
        assertThat(wider.firstTimestamp()).isEqualTo(MONDAY.minusSeconds(60));
        assertThat(wider.lastTimestamp()).isEqualTo(FRIDAY.plusSeconds(60));
        assertThat(DATABASE.query("SELECT lease_run, lease_until FROM alpha_watermark WHERE ticker = 'WIDE'"))
                .hasToString("[[null, null]]");
    }

    @Test
    void failuresAreCountedUntilAnAnswerComes() {
        Series series = Series.of("FLAKY", "OVERVIEW");
        fail(series);
        fail(series);
        Watermark failing = watermarks.load(List.of(series)).get(series);
        assertThat(failing.failuresInARow()).isEqualTo(2);
        assertThat(failing.lastAttemptAt()).isEqualTo(AT);
        assertThat(failing.lastAnswerAt()).isNull();
        answer(series, new Answered(null, null, AT, AT, false, false, null, null));
        assertThat(watermarks.load(List.of(series)).get(series).failuresInARow())
                .isZero();
    }

    @Test
    void parkedSeriesAreListedUntilTheyAreRetriedOrAnswer() {
        Series known = Series.of("GONE", "OVERVIEW");
        Series fresh = Series.of("NEVER", "TIME_SERIES_INTRADAY", Interval.ONE_MINUTE);
        fail(known);
        parking.park(known, "Invalid API call");
        parking.park(fresh, "x".repeat(1_000));
        assertThat(parking.parked()).extracting(Watermark::series).containsExactly(known, fresh);
        assertThat(parking.parked().get(1).parkedReason()).hasSize(300);
        assertThat(parking.parked().get(0).failuresInARow()).isEqualTo(1);

        assertThat(parking.unpark(List.of(known, Series.of("OTHER", "OVERVIEW"))))
                .isEqualTo(1);
        assertThat(parking.unpark(List.of(known))).isZero();
        assertThat(watermarks.load(List.of(known)).get(known).failuresInARow()).isZero();
        answer(fresh, new Answered(null, null, AT, AT, false, false, null, null));
        assertThat(parking.parked()).isEmpty();
    }

    private void answer(Series series, Answered answer) {
        long run = claim(series);
        DATABASE.transactions().run(c -> {
            watermarks.answered(c, RequestsTest.line(run, series, null, null), answer);
            return null;
        });
    }

    private void fail(Series series) {
        long run = claim(series);
        assertThat(DATABASE.transactions().<Boolean>run(c -> watermarks.failed(c, run, series, AT, true)))
                .isTrue();
    }

    private long claim(Series series) {
        Instant seen = watermarks.load(List.of(series)).get(series).lastAttemptAt();
        assertThat(leases.lease(series, 7, Duration.ofSeconds(30), seen)).isEqualTo(Leases.Claim.OURS);
        return 7;
    }
}
