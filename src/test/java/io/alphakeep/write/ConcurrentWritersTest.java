package io.alphakeep.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.market.Bar;
import io.alphakeep.market.Series;
import io.alphakeep.testkit.TestDatabase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Eight writers of overlapping windows of the same series, in orders of their own: every row is counted once. */
@Tag("postgres")
class ConcurrentWritersTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final WriteDatabase WRITES = new WriteDatabase(DATABASE);
    private static final int THREADS = 8;
    private static final int ROWS = BarWriter.COPY_ROWS * 3;

    @BeforeAll
    static void partitions() {
        WRITES.makePartitions(2001, 2017);
    }

    private record Window(Series series, List<Bar> bars) {}

    @Test
    void everyRowIsCountedOnce() throws Exception {
        List<Series> all = List.of(
                Series.of("AAA.LON", "TIME_SERIES_DAILY"),
                Series.of("BBB.LON", "TIME_SERIES_DAILY"),
                Series.of("CCC.LON", "TIME_SERIES_DAILY"));
        List<Bar> bars = TestBars.daily(LocalDate.of(2001, 1, 1), ROWS);
        List<Window> windows = new ArrayList<>();
        for (Series series : all) {
            // Arrays of neighbouring and overlapping windows, and the whole in bulk.
            for (int from = 0; from < ROWS; from += 400) {
                windows.add(new Window(series, bars.subList(from, Math.min(ROWS, from + 600))));
            }
            windows.add(new Window(series, bars));
        }
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        WriteResult sum = WriteResult.NONE;
        long sent = 0;
        try {
            List<Callable<WriteResult>> work = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                List<Window> mine = new ArrayList<>(windows);
                if (i < 2) {
                    Collections.reverse(mine);
                } else if (i > 3) {
                    Collections.shuffle(mine, new Random(i));
                }
                sent += mine.stream().mapToLong(w -> w.bars().size()).sum();
                work.add(() -> {
                    start.await();
                    WriteResult total = WriteResult.NONE;
                    for (Window window : mine) {
                        total = total.plus(WRITES.write(window.series(), window.bars()));
                    }
                    return total;
                });
            }
            for (Future<WriteResult> result : threads.invokeAll(work)) {
                sum = sum.plus(result.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(sum).isEqualTo(new WriteResult(all.size() * (long) ROWS, 0, sent - all.size() * (long) ROWS, 0, 0));
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data"))
                .isEqualTo(Integer.toString(all.size() * ROWS));
    }
}
