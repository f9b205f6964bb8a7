package io.alphakeep.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.market.Interval;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.testkit.TestDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("postgres")
class WatchListTest {

    private static final Series DAILY = Series.of("IBM", "TIME_SERIES_DAILY");
    private static final Series INTRADAY = Series.of("IBM", "TIME_SERIES_INTRADAY", Interval.FIVE_MINUTES);

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final WatchList list = new WatchList(DATABASE.transactions());

    @BeforeEach
    void nothingIsWatched() {
        DATABASE.execute("TRUNCATE alpha_watch");
    }

    @Test
    void whatIsAddedIsListedAsItWas() {
        WatchEntry full =
                new WatchEntry(INTRADAY, Optional.of(LocalDate.of(2020, 1, 1)), -5, Optional.of(Duration.ofHours(6)));
        assertThat(list.add(List.of(full, plain(DAILY)))).isEqualTo(2);
        assertThat(list.list())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("addedAt")
                .containsExactly(plain(DAILY), full);
        assertThat(list.add(List.of())).isZero();
    }

    @Test
    void addingAgainWritesNothing() {
        list.add(List.of(plain(DAILY), plain(INTRADAY)));
        String before = versions();
        assertThat(list.add(List.of(plain(DAILY), plain(INTRADAY)))).isZero();
        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void onlyWhatIsNewOrChangedCounts() {
        list.add(List.of(plain(DAILY), plain(INTRADAY)));
        WatchEntry urgent = new WatchEntry(DAILY, Optional.empty(), 9, Optional.empty());
        WatchEntry other = plain(Series.of("AAPL", "OVERVIEW"));
        assertThat(list.add(List.of(plain(DAILY), urgent, plain(INTRADAY), other)))
                .isEqualTo(2);
        assertThat(list.list())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("addedAt")
                .containsExactly(other, urgent, plain(INTRADAY));
    }

    @Test
    void oneBadEntryAddsNothing() {
        WatchEntry bad = new WatchEntry(INTRADAY, Optional.empty(), 101, Optional.empty());
        assertThatThrownBy(() -> list.add(List.of(plain(DAILY), bad))).isInstanceOf(DatabaseException.class);
        assertThat(list.list()).isEmpty();
    }

    @Test
    void removingKeepsTheWatermarkAndCanBeRepeated() {
        list.add(List.of(plain(DAILY), plain(INTRADAY)));
        new Leases(DATABASE.transactions()).lease(DAILY, 1, Duration.ofSeconds(30), null);
        assertThat(list.remove(List.of(DAILY))).isEqualTo(1);
        assertThat(list.remove(List.of(DAILY))).isZero();
        assertThat(list.list())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("addedAt")
                .containsExactly(plain(INTRADAY));
        assertThat(new Watermarks(DATABASE.transactions()).all()).containsKey(DAILY);
    }

    private static WatchEntry plain(Series series) {
        return new WatchEntry(series, Optional.empty(), 0, Optional.empty());
    }

    /** Changes with every row that is written or locked. */
    private static String versions() {
        return DATABASE.query("SELECT ticker, ctid, xmin, xmax FROM alpha_watch ORDER BY 1, 2")
                .toString();
    }
}
