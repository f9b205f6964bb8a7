package io.alphakeep.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Gap;
import io.alphakeep.market.Holes;
import io.alphakeep.market.Interval;
import io.alphakeep.market.Series;
import io.alphakeep.market.Watermark;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class GapsTest {

    private static final Instant NOW = Instant.parse("2024-03-20T02:00:00Z");

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Watermarks watermarks = new Watermarks(DATABASE.transactions());
    private final Gaps gaps = new Gaps(DATABASE.transactions());

    /** 2024-02-19 was Presidents' Day: no bar is missing there. */
    @Test
    void findsMissingSessionsWritesThemDownAndLooksBehindWhatIsSettled() {
        Series series = Series.of("HOLED", "TIME_SERIES_DAILY");
        for (String day : List.of("2024-02-16", "2024-02-20", "2024-02-21", "2024-02-23", "2024-02-26")) {
            bar(series, day + " 00:00Z");
        }
        mark(series, "2024-02-16T00:00:00Z", "2024-02-26T00:00:00Z", Holes.UNKNOWN);
        Holes found = gaps.look(read(series), NOW);
        LocalDate missing = LocalDate.parse("2024-02-22");
        assertThat(found)
                .isEqualTo(new Holes(
                        null, NOW, missing.minusDays(1), NOW, null, Optional.of(new Gap(missing, missing, 1))));
        assertThat(read(series).holes()).isEqualTo(found);

        mark(series, "2024-02-16T00:00:00Z", "2024-02-26T00:00:00Z", found.settled(missing, NOW));
        Holes after = gaps.look(read(series), NOW);
        assertThat(after.gap()).as("absent at the source, too").isEmpty();
        assertThat(after.checkedThrough()).isEqualTo("2024-02-26");
        assertThat(after.checkedAt()).isEqualTo(NOW);
        assertThat(gaps.look(read(series), NOW.plus(Duration.ofDays(181))).gap())
                .as("asked once more after half a year")
                .contains(new Gap(missing, missing, 1));
    }

    /** 2024-02-28 21:00 in New York is the 29th in UTC; no session of March is in the gap of February. */
    @Test
    void minutesCountByTheDateInNewYorkAndMonthByMonth() {
        Series series = Series.of("MINUTES", "TIME_SERIES_INTRADAY", Interval.FIVE_MINUTES);
        for (String time : List.of("2024-02-27 15:00Z", "2024-02-29 00:30Z", "2024-03-05 15:00Z")) {
            bar(series, time);
        }
        mark(series, "2024-02-27T15:00:00Z", "2024-03-05T15:00:00Z", Holes.UNKNOWN);
        Holes found = gaps.look(read(series), NOW);
        assertThat(found.gap()).contains(new Gap(LocalDate.parse("2024-02-29"), LocalDate.parse("2024-02-29"), 1));
        mark(series, "2024-02-27T15:00:00Z", "2024-03-05T15:00:00Z", found.settled(LocalDate.parse("2024-02-29"), NOW));
        assertThat(gaps.look(read(series), NOW).gap())
                .contains(new Gap(LocalDate.parse("2024-03-01"), LocalDate.parse("2024-03-04"), 2));
    }

    private Watermark read(Series series) {
        return watermarks.load(List.of(series)).get(series);
    }

    private void mark(Series series, String first, String last, Holes holes) {
        Instant seen = read(series).lastAttemptAt();
        assertThat(new Leases(DATABASE.transactions()).lease(series, 7, Duration.ofSeconds(30), seen))
                .isEqualTo(Leases.Claim.OURS);
        DATABASE.transactions().run(c -> {
            watermarks.answered(
                    c,
                    RequestsTest.line(7, series, null, null),
                    new Answered(Instant.parse(first), Instant.parse(last), NOW, NOW, false, false, null, null, holes));
            return null;
        });
    }

    private static void bar(Series series, String timestamp) {
        DATABASE.execute(
                "SELECT create_monthly_partition('alpha_market_data', '" + timestamp.substring(0, 10) + "')",
                "INSERT INTO alpha_market_data (ticker, \"timestamp\", endpoint, api_function, ingestion_epoch, updated_at)"
                        + " VALUES ('" + series.symbol() + "', '" + timestamp + "', '" + series.endpoint() + "', '"
                        + series.function() + "', 1, now())");
    }
}
