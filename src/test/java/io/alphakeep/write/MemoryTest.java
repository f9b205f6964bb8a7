package io.alphakeep.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import io.alphakeep.market.BarsBuilder;
import io.alphakeep.market.Interval;
import io.alphakeep.market.Series;
import io.alphakeep.testkit.TestDatabase;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The answer's own columns are the only thing that grows with it. */
class MemoryTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final WriteDatabase WRITES = new WriteDatabase(DATABASE);
    private static final int BARS = 400_000;

    @BeforeAll
    static void partitions() {
        WRITES.makePartitions(2001, 2002);
    }

    private static Bars minutes() {
        BarsBuilder builder = new BarsBuilder(BARS);
        long second = Instant.parse("2001-01-01T00:00:00Z").getEpochSecond();
        for (int i = 0; i < BARS; i++) {
            builder.add(second + 60L * i);
            builder.put(Figure.OPEN, 1_000_000 + i % 97, 4);
            builder.put(Figure.HIGH, 1_000_100, 4);
            builder.put(Figure.LOW, 1_000_000, 4);
            builder.put(Figure.CLOSE, 1_000_000 + i % 89, 4);
            builder.put(Figure.VOLUME, 1_000 + i, 0);
        }
        return builder.build((dropped, kept) -> {});
    }

    @Test
    void newRowsCostAlmostNothingAndStoredOnesPassBy() {
        Series series = Series.of("MINUTES", "TIME_SERIES_INTRADAY", Interval.ONE_MINUTE);
        WriteContext context = new WriteContext(1, WriteDatabase.NOW, false);
        Bars bars = minutes();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadAllocatedBytes();
        WriteResult written = DATABASE.transactions().run(c -> new BarWriter().write(c, series, bars, context));
        long fresh = threads.getCurrentThreadAllocatedBytes() - start;
        assertThat(written).isEqualTo(new WriteResult(BARS, 0, 0, 0, 0));
        // A verdict and a flag take 3 bytes; a bar as an object with its figures would take 300.
        assertThat(fresh / BARS).isLessThan(24);
        // What is stored streams by; SmallHeapIT shows that it stays nowhere. Counted here it would be the driver's
        // own.
        written = DATABASE.transactions().run(c -> new BarWriter().write(c, series, bars, context));
        assertThat(written).isEqualTo(new WriteResult(0, 0, BARS, 0, 0));
    }
}
