package io.alphakeep.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Bar;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Series;
import io.alphakeep.testkit.TestDatabase;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writers that do not know a series' lock come between its read and its write. */
@Tag("postgres")
class ForeignWritersTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final WriteDatabase WRITES = new WriteDatabase(DATABASE);
    private static final int MANY = BarWriter.COPY_ROWS + 100;

    @BeforeAll
    static void partitions() {
        WRITES.makePartitions(2001, 2006);
    }

    private static void foreign(Series series, Bar bar, String close) {
        DATABASE.execute("INSERT INTO alpha_market_data SELECT '" + series.symbol() + "', '" + bar.timestamp() + "', '"
                + series.endpoint() + "', '" + series.function() + "', " + bar.open() + ", " + bar.high() + ", "
                + bar.low() + ", " + close + ", " + bar.volume() + ", NULL, NULL, NULL, 0, NULL, 5, now()");
    }

    private static WriteResult write(Series series, List<Bar> bars, Interposed between) {
        WriteResult result = DATABASE.transactions()
                .run(c -> new BarWriter()
                        .write(between.on(c), series, Bars.of(bars), new WriteContext(1, WriteDatabase.NOW, false)));
        assertThat(between.happened()).isTrue();
        return result;
    }

    @ParameterizedTest
    @CsvSource({"10, true", "10, false", "600, true", "600, false"})
    void aNewRowThatIsThereByThen(int count, boolean same) {
        Series series = Series.of("NEW" + count + same + ".LON", "TIME_SERIES_DAILY");
        List<Bar> bars = TestBars.daily(LocalDate.of(2001, 1, 1), count);
        Bar theirs = bars.get(count - 1);
        String close = same ? theirs.close().toPlainString() : theirs.close().toPlainString() + ".5";
        Interposed between =
                new Interposed(count < MANY ? "INSERT" : Interposed.SAVEPOINT, () -> foreign(series, theirs, close));
        assertThat(write(series, bars, between))
                .isEqualTo(new WriteResult(count - 1, same ? 0 : 1, same ? 1 : 0, 0, 0));
        assertThat(WRITES.count(series)).isEqualTo(Integer.toString(count));
        assertThat(DATABASE.value("SELECT close_price FROM alpha_market_data WHERE ticker = '" + series.symbol()
                        + "' AND \"timestamp\" = '" + theirs.timestamp() + "'"))
                .isEqualTo(theirs.close().toPlainString());
    }

    /** The statement tells what became of a row, not what was read before. */
    @ParameterizedTest
    @ValueSource(strings = {"DELETE FROM alpha_market_data", "UPDATE alpha_market_data SET close_price = 7"})
    void aChangedRowThatIsAnotherByThen(String foreign) {
        boolean deleted = foreign.startsWith("DELETE");
        Series series = Series.of(deleted ? "GONE.LON" : "AGREED.LON", "TIME_SERIES_DAILY");
        List<Bar> bars = new ArrayList<>(TestBars.daily(LocalDate.of(2001, 1, 1), 5));
        WRITES.write(series, bars);
        Bar old = bars.get(2);
        bars.set(
                2,
                new Bar(
                        old.timestamp(),
                        old.open(),
                        old.high(),
                        old.low(),
                        new BigDecimal("7"),
                        old.volume(),
                        null,
                        null,
                        null,
                        null));
        Interposed between = new Interposed(
                "INSERT",
                () -> DATABASE.execute(foreign + (deleted ? "" : ", quality_flag = 18") + " WHERE ticker = '"
                        + series.symbol() + "' AND \"timestamp\" = '" + old.timestamp() + "'"));
        WriteResult result = write(series, bars, between);
        assertThat(result.inserted()).isEqualTo(deleted ? 1 : 0);
        assertThat(WRITES.count(series)).isEqualTo("5");
        assertThat(WRITES.write(series, bars).unchanged()).isEqualTo(5);
    }

    @Test
    void aForeignTransactionThatEndsLaterIsWaitedFor() throws Exception {
        Series series = Series.of("WAIT.LON", "TIME_SERIES_DAILY");
        List<Bar> bars = TestBars.daily(LocalDate.of(2001, 1, 1), MANY);
        try (var theirs = DATABASE.dataSource().getConnection()) {
            theirs.setAutoCommit(false);
            try (var statement = theirs.createStatement()) {
                Bar bar = bars.get(50);
                statement.execute(
                        "INSERT INTO alpha_market_data SELECT 'WAIT.LON', '" + bar.timestamp()
                                + "', 'TIME_SERIES_DAILY', 'TIME_SERIES_DAILY', 1, 1, 1, 1, 1, NULL, NULL, NULL, 0, NULL, 5, now()");
            }
            var result = CompletableFuture.supplyAsync(() -> WRITES.write(series, bars));
            WRITES.awaitWaiting(1);
            theirs.commit();
            assertThat(result.get()).isEqualTo(new WriteResult(MANY - 1, 1, 0, 0, 0));
        }
    }
}
