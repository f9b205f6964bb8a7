package io.alphakeep.decode;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.catalog.Function;
import io.alphakeep.fetch.Classification;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Series;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Milliseconds and bytes that a body of 1 MB costs on its way from chunks to columns; one thread. Samples, because on a host
 * that others use only their lower quantiles mean anything.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeBenchmark {

    private static final Series DAILY = Catalog.series("IBM", "TIME_SERIES_DAILY");
    private static final Series MINUTES = Catalog.series("IBM", "TIME_SERIES_INTRADAY:1min");

    private final Decoders decoders = new Decoders();
    private final Classification classification = new Classification();
    private final TreeModel tree = new TreeModel();
    private final byte[] dailyJson = Bodies.dailyJson();
    private final byte[] intradayJson = Bodies.intradayJson();
    private final byte[] dailyCsv = Bodies.dailyCsv();

    @Benchmark
    public Decoded jsonDaily() {
        return decode(DAILY, dailyJson, false);
    }

    @Benchmark
    public Decoded jsonIntraday() {
        return decode(MINUTES, intradayJson, false);
    }

    @Benchmark
    public Decoded csvDaily() {
        return decode(DAILY, dailyCsv, true);
    }

    @Benchmark
    public boolean classifyJsonDaily() {
        return classification.isData(dailyJson, false);
    }

    @Benchmark
    public Decoded classifyAndDecodeJsonDaily() {
        return decoders.decode(DAILY, Catalog.function(DAILY.function()), classification.data(dailyJson, false), false);
    }

    @Benchmark
    public Bars treeModelJsonDaily() throws IOException {
        return tree.daily(dailyJson);
    }

    private Decoded decode(Series series, byte[] body, boolean csv) {
        Function function = Catalog.function(series.function());
        return decoders.decode(series, function, new ByteArrayInputStream(body), csv);
    }
}
