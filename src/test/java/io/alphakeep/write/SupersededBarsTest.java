package io.alphakeep.write;

import static io.alphakeep.write.TestBars.bar;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Bar;
import io.alphakeep.market.Series;
import io.alphakeep.testkit.TestDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class SupersededBarsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final WriteDatabase WRITES = new WriteDatabase(DATABASE);

    @BeforeAll
    static void partitions() {
        WRITES.makePartitions(2024, 2025);
    }

    private static List<Bar> bars(String... dates) {
        return Stream.of(dates).map(date -> bar(date, "10")).toList();
    }

    private static String dates(Series series) {
        return DATABASE.value(
                "SELECT string_agg(to_char(\"timestamp\" AT TIME ZONE 'UTC', 'MM-DD'), ' ' ORDER BY \"timestamp\") FROM alpha_market_data WHERE ticker = '"
                        + series.symbol() + "'");
    }

    @Test
    void theRunningWeekMovesAndAStaleAnswerDoesNotMoveItBack() {
        Series series = Series.of("WEEK", "TIME_SERIES_WEEKLY_ADJUSTED");
        WRITES.write(series, bars("2024-05-03", "2024-05-07"));
        assertThat(WRITES.write(series, bars("2024-05-03", "2024-05-08"))).isEqualTo(new WriteResult(1, 0, 1, 1, 0));
        assertThat(dates(series)).isEqualTo("05-03 05-08");
        List<List<String>> before = WRITES.versions(series);
        assertThat(WRITES.write(series, bars("2024-05-03", "2024-05-07"))).isEqualTo(new WriteResult(0, 0, 2, 0, 0));
        assertThat(WRITES.versions(series)).isEqualTo(before);
        assertThat(WRITES.write(series, bars("2024-05-03", "2024-05-10", "2024-05-13")))
                .isEqualTo(new WriteResult(2, 0, 1, 1, 0));
        assertThat(dates(series)).isEqualTo("05-03 05-10 05-13");
        // The removed bar was not the one before: no week is missing and none stands twice.
        assertThat(DATABASE.value("SELECT sum(quality_flag) FROM alpha_market_data WHERE ticker = 'WEEK'"))
                .isEqualTo("0");
    }

    @Test
    void theRunningMonthMovesAlsoAcrossAYear() {
        Series series = Series.of("MONTH", "TIME_SERIES_MONTHLY");
        WRITES.write(series, bars("2024-11-29", "2024-12-05"));
        assertThat(WRITES.write(series, bars("2024-11-29", "2024-12-31", "2025-01-02")))
                .isEqualTo(new WriteResult(2, 0, 1, 1, 0));
        assertThat(dates(series)).isEqualTo("11-29 12-31 01-02");
    }

    @Test
    void absenceIsNotDeletion() {
        Series weekly = Series.of("ROLLED", "TIME_SERIES_WEEKLY");
        WRITES.write(weekly, bars("2024-05-03", "2024-05-10", "2024-05-17", "2024-05-22"));
        assertThat(WRITES.write(weekly, bars("2024-05-17")).removed()).isZero();
        assertThat(WRITES.write(weekly, bars("2024-05-10", "2024-05-22")).removed())
                .isZero();
        assertThat(dates(weekly)).isEqualTo("05-03 05-10 05-17 05-22");
        Series daily = Series.of("DAYS", "TIME_SERIES_DAILY");
        WRITES.write(daily, bars("2024-05-06", "2024-05-07"));
        assertThat(WRITES.write(daily, bars("2024-05-06", "2024-05-08")).removed())
                .isZero();
        assertThat(dates(daily)).isEqualTo("05-06 05-07 05-08");
    }
}
