package io.alphakeep.write;

import static io.alphakeep.write.TestBars.bar;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Bar;
import io.alphakeep.market.Series;
import io.alphakeep.testkit.TestDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A row's flag hangs on what storage holds before it, not on how much the answer held. */
class FlagsInStorageTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final WriteDatabase WRITES = new WriteDatabase(DATABASE);

    @BeforeAll
    static void partitions() {
        WRITES.makePartitions(2024, 2024);
    }

    private static String flags(Series series) {
        return DATABASE
                .query("SELECT quality_flag FROM alpha_market_data WHERE ticker = '" + series.symbol()
                        + "' ORDER BY \"timestamp\"")
                .stream()
                .map(row -> row.get(0))
                .collect(Collectors.joining(" "));
    }

    /** A compact answer beside what is stored gives its rows the flags that the full one gives them. */
    @Test
    void theAnswersWindowDoesNotMatter() {
        Series series = Series.of("WINDOW", "TIME_SERIES_DAILY");
        List<Bar> full = TestBars.daily(LocalDate.of(2024, 1, 1), 200).stream()
                .filter(b -> !b.timestamp().equals(Instant.parse("2024-06-12T00:00:00Z")))
                .map(b -> b.timestamp().equals(Instant.parse("2024-06-03T00:00:00Z")) ? bar(b.timestamp(), "500") : b)
                .toList();
        WRITES.write(series, full);
        String all = flags(series);
        assertThat(all).contains("16").contains("32");
        for (int from = full.size() - 1; from >= 0; from -= 7) {
            List<Bar> compact = full.subList(from, full.size());
            assertThat(WRITES.write(series, compact).unchanged()).isEqualTo(compact.size());
            DATABASE.execute("DELETE FROM alpha_market_data WHERE ticker = 'WINDOW' AND \"timestamp\" >= '"
                    + compact.get(0).timestamp() + "'");
            assertThat(WRITES.write(series, compact).inserted()).isEqualTo(compact.size());
            assertThat(flags(series)).isEqualTo(all);
        }
    }

    /** The bar before a row may be one that only storage holds, also one from long before. */
    @Test
    void aStoredBarIsTheOneBefore() {
        Series alone = Series.of("ALONE", "TIME_SERIES_DAILY");
        WRITES.write(alone, List.of(bar("2024-05-06", "10"), bar("2024-05-08", "10")));
        assertThat(flags(alone)).isEqualTo("0 32");
        Series beside = Series.of("BESIDE", "TIME_SERIES_DAILY");
        WRITES.write(beside, List.of(bar("2024-05-07", "10")));
        WRITES.write(beside, List.of(bar("2024-05-06", "10"), bar("2024-05-08", "10")));
        assertThat(flags(beside)).isEqualTo("0 0 0");
        Series old = Series.of("OLD", "TIME_SERIES_DAILY");
        WRITES.write(old, List.of(bar("2024-01-02", "10")));
        WRITES.write(old, List.of(bar("2024-05-06", "20"), bar("2024-05-07", "20")));
        assertThat(flags(old)).isEqualTo("0 48 0");
    }

    /** The running week's bar moves its date: its older form is gone and is not the bar before it. */
    @Test
    void aSupersededBarIsNotTheOneBefore() {
        Series alone = Series.of("WEEK", "TIME_SERIES_WEEKLY");
        WRITES.write(alone, List.of(bar("2024-05-08", "10")));
        assertThat(WRITES.write(alone, List.of(bar("2024-05-09", "16")))).isEqualTo(new WriteResult(1, 0, 0, 1, 0));
        assertThat(flags(alone)).isEqualTo("0");
        Series old = Series.of("OLDWEEK", "TIME_SERIES_WEEKLY");
        WRITES.write(old, List.of(bar("2024-03-01", "10")));
        WRITES.write(old, List.of(bar("2024-05-08", "10")));
        WRITES.write(old, List.of(bar("2024-05-09", "10")));
        assertThat(flags(old)).isEqualTo("0 32");
        assertThat(WRITES.write(old, List.of(bar("2024-05-09", "10"))).unchanged())
                .isEqualTo(1);
    }
}
