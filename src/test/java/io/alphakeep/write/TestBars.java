package io.alphakeep.write;

import io.alphakeep.market.Bar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Plain bars for tests: no flag but what a test asks for. */
final class TestBars {

    private TestBars() {}

    static Bar bar(String timestamp, String close) {
        return bar(Instant.parse(timestamp.contains("T") ? timestamp : timestamp + "T00:00:00Z"), close);
    }

    static Bar bar(Instant timestamp, String close) {
        BigDecimal price = new BigDecimal(close);
        return new Bar(
                timestamp,
                price,
                price.add(BigDecimal.ONE),
                price.subtract(BigDecimal.ONE),
                price,
                new BigDecimal("1000"),
                null,
                null,
                null,
                null);
    }

    /** One bar a day, weekends too. */
    static List<Bar> daily(LocalDate first, int count) {
        return every(Cadence.startOf(first), Duration.ofDays(1), count);
    }

    static List<Bar> every(Instant first, Duration step, int count) {
        List<Bar> bars = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            bars.add(bar(first.plus(step.multipliedBy(i)), Integer.toString(100 + i % 7)));
        }
        return bars;
    }
}
