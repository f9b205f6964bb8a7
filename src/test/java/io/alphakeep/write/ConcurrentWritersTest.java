package io.alphakeep.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.SqlState;
import io.alphakeep.market.Bar;
import io.alphakeep.market.Bars;
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
import java.util.concurrent.atomic.AtomicInteger;
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
        assertThat(DATABASE.value(
                        "SELECT count(*) FROM alpha_market_data WHERE ticker IN ('AAA.LON', 'BBB.LON', 'CCC.LON')"))
                .isEqualTo(Integer.toString(all.size() * ROWS));
    }

    /** What the retries of a run are for: two series in one transaction, in opposite orders, wait for each other. */
    @Test
    void everyRowIsCountedOnceAlsoAfterDeadlocks() throws Exception {
        DATABASE.execute("ALTER DATABASE " + DATABASE.name() + " SET deadlock_timeout = '20ms'");
        Series one = Series.of("ONE.LON", "TIME_SERIES_DAILY");
        Series two = Series.of("TWO.LON", "TIME_SERIES_DAILY");
        int count = BarWriter.COPY_ROWS + 100;
        int rounds = 6;
        CyclicBarrier start = new CyclicBarrier(THREADS);
        AtomicInteger victims = new AtomicInteger();
        List<Callable<WriteResult>> work = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Series first = i % 2 == 0 ? one : two;
            Series second = i % 2 == 0 ? two : one;
            // Each thread has a close of its own for the bars of its round: whoever comes later changes them.
            String close = Integer.toString(200 + i);
            int from = 37 * i;
            work.add(() -> {
                WriteResult sum = WriteResult.NONE;
                for (int round = 0; round < rounds; round++) {
                    start.await();
                    List<Bar> bars = new ArrayList<>();
                    for (Bar bar :
                            TestBars.daily(LocalDate.of(2001 + round * 2, 1, 1).plusDays(from), count)) {
                        bars.add(TestBars.bar(bar.timestamp(), close));
                    }
                    sum = sum.plus(retried(victims, first, second, Bars.of(bars)));
                }
                return sum;
            });
        }
        WriteResult sum = WriteResult.NONE;
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<WriteResult> result : threads.invokeAll(work)) {
                sum = sum.plus(result.get());
            }
        } finally {
            threads.shutdownNow();
        }
        long distinct = 2L * rounds * (count + 37 * (THREADS - 1));
        assertThat(victims.get()).isPositive();
        assertThat(DATABASE.value("SELECT count(*) FROM alpha_market_data WHERE ticker IN ('ONE.LON', 'TWO.LON')"))
                .isEqualTo(Long.toString(distinct));
        assertThat(sum.inserted()).isEqualTo(distinct);
        assertThat(sum.changed()).isEqualTo(2L * THREADS * rounds * (count) - distinct);
        assertThat(sum.unchanged()).isZero();
    }

    private static WriteResult retried(AtomicInteger victims, Series first, Series second, Bars bars) {
        WriteContext context = new WriteContext(1, WriteDatabase.NOW, false);
        for (; ; ) {
            try {
                return DATABASE.transactions().run(c -> {
                    WriteResult result = new BarWriter().write(c, first, bars, context);
                    return result.plus(new BarWriter().write(c, second, bars, context));
                });
            } catch (DatabaseException e) {
                if (e.kind() != SqlState.CONTENTION) {
                    throw e;
                }
                victims.incrementAndGet();
            }
        }
    }
}
