package io.alphakeep.bench;

import com.sun.management.ThreadMXBean;
import io.alphakeep.bench.Comparison.Goal;
import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.bench.Samples.Unit;
import io.alphakeep.market.Bar;
import io.alphakeep.market.Bars;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

/** Bytes to the same bars in memory: what is read from them later costs both sides the same. */
final class DecodePart implements Part {

    private static final double FACTOR = 3;
    private static final double BYTES_PER_BYTE = 4;
    /** Decoding takes milliseconds, and the compiler some hundred calls to know it. */
    private static final int TIMES = 20;

    private static final int WARM_UPS = 200;

    @Override
    public List<Comparison> measure(Bench bench) throws Exception {
        SeriesBars answer = SeriesBars.daily("D", 0, bench.options().sizes().bodyBars());
        byte[] body = DailyBody.of(answer);
        List<Bar> expected = answer.bars().asList();
        Reading tree = () -> TreeModel.bars(body);
        Reading ours = () -> OurDecoder.bars(answer.series(), body);
        check("Jackson's tree", tree, expected);
        check("alphakeep", ours, expected);
        Rounds rounds = bench.options().rounds();
        List<Samples> times = rounds.of(List.of(time("Jackson's tree", tree), time("alphakeep", ours)));
        List<Samples> bytes = rounds.of(List.of(allocated("Jackson's tree", tree), allocated("alphakeep", ours)));
        String work = "%.1f MB of daily JSON to %,d bars".formatted(body.length / 1e6, expected.size());
        return List.of(
                new Comparison(
                        Section.DECODING,
                        work,
                        times.get(0),
                        times.get(1),
                        "",
                        Optional.of(new Goal(Goal.Of.FACTOR, FACTOR, true)),
                        "one thread, compiled code"),
                new Comparison(
                        Section.DECODING,
                        work + ", memory allocated",
                        bytes.get(0),
                        bytes.get(1),
                        "",
                        Optional.of(new Goal(Goal.Of.AFTER, BYTES_PER_BYTE * body.length, false)),
                        "the goal: four times the body"));
    }

    private interface Reading {
        Bars bars() throws Exception;
    }

    private static void check(String name, Reading reading, List<Bar> expected) throws Exception {
        if (!List.copyOf(reading.bars().asList()).equals(List.copyOf(expected))) {
            throw new IllegalStateException(name + " reads other bars");
        }
    }

    private static Technique time(String name, Reading reading) {
        return new Measured(name, Unit.MILLISECONDS, round -> {
            for (int i = 0; round < 0 && i < WARM_UPS; i++) {
                reading.bars();
            }
            double[] took = new double[TIMES];
            for (int i = 0; i < TIMES; i++) {
                took[i] = Measured.milliseconds(reading::bars);
            }
            return Samples.quantile(took, 0.5);
        });
    }

    private static Technique allocated(String name, Reading reading) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return new Measured(name, Unit.BYTES, round -> {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < TIMES; i++) {
                reading.bars();
            }
            return (threads.getCurrentThreadAllocatedBytes() - before) / (double) TIMES;
        });
    }
}
