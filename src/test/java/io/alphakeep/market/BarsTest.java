package io.alphakeep.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BarsTest {

    @Property(tries = 200)
    void aBarComesBackAsItWasPutIn(@ForAll("bars") List<Bar> bars) {
        List<Bar> ascending = distinct(bars);
        Bars columns = Bars.of(ascending);
        assertThat(columns.asList()).isEqualTo(ascending);
        for (int i = 0; i < columns.size(); i++) {
            assertThat(columns.indexOf(columns.second(i))).isEqualTo(i);
        }
    }

    @Property(tries = 200)
    void theFirstOfATimestampStays(@ForAll("bars") List<Bar> answered) {
        BarsBuilder builder = new BarsBuilder(0);
        answered.forEach(builder::add);
        List<Bar> dropped = new ArrayList<>();
        Bars columns = builder.build((bar, kept) -> dropped.add(bar));
        assertThat(columns.asList()).isEqualTo(distinct(answered));
        assertThat(dropped.size() + columns.size()).isEqualTo(answered.size());
    }

    @Property(tries = 200)
    void theNewestFirstAreTurnedRound(@ForAll("bars") List<Bar> answered) {
        List<Bar> ascending = distinct(answered);
        List<Bar> descending = new ArrayList<>(ascending);
        Collections.reverse(descending);
        BarsBuilder builder = new BarsBuilder(3);
        descending.forEach(builder::add);
        assertThat(builder.build((bar, kept) -> {
                            throw new AssertionError("none stands twice");
                        })
                        .asList())
                .isEqualTo(ascending);
    }

    @Property(tries = 100)
    void aViewOfAViewIsCountedFromItsOwnBeginning(@ForAll("bars") List<Bar> answered) {
        List<Bar> ascending = distinct(answered);
        Bars tail = Bars.of(ascending).slice(ascending.size() / 3, ascending.size());
        List<Bar> expected = ascending.subList(ascending.size() / 3, ascending.size());
        assertThat(tail.asList()).isEqualTo(expected);
        assertThat(tail.select(i -> i % 2 == 0).asList())
                .isEqualTo(IntStream.range(0, expected.size())
                        .filter(i -> i % 2 == 0)
                        .mapToObj(expected::get)
                        .toList());
        for (int i = 0; i < tail.size(); i++) {
            assertThat(tail.indexOf(tail.second(i))).isEqualTo(i);
            assertThat(tail.indexOf(tail.second(i) - 1))
                    .isEqualTo(i > 0 && tail.second(i - 1) == tail.second(i) - 1 ? i - 1 : -1 - i);
        }
    }

    @Test
    void aRowTakenBackLeavesNothingToTheNext() {
        BarsBuilder builder = new BarsBuilder(0);
        builder.add(10);
        builder.put(Bars.Figure.OPEN, 150, 2);
        builder.put(Bars.Figure.VOLUME, new BigDecimal("123456789012345678901234567890"));
        builder.rest("{}");
        builder.dropLast();
        builder.add(20);
        Bars bars = builder.build((dropped, kept) -> {});
        assertThat(bars.asList())
                .containsExactly(
                        new Bar(Instant.ofEpochSecond(20), null, null, null, null, null, null, null, null, null));
    }

    @Test
    void valuesAreComparedAndNotTheirDigits() {
        Bars one = figures("1.50", "1.5", "1E+2", null, "123456789012345678901234567890.0");
        Bars other = figures("1.5", "1.6", "100", "0", "123456789012345678901234567890");
        assertThat(IntStream.range(0, 5).mapToObj(i -> one.isSame(Bars.Figure.CLOSE, i, other, i)))
                .containsExactly(true, false, true, false, true);
        assertThat(one.value(Bars.Figure.CLOSE, 0)).isEqualTo(new BigDecimal("1.50"));
        assertThat(one.isSame(Bars.Figure.OPEN, 0, other, 0)).isTrue();
    }

    @Test
    void barsThatDoNotAscendAreRefused() {
        Bar bar = Bars.of(figures("1").asList()).get(0);
        assertThatThrownBy(() -> Bars.of(List.of(bar, bar))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Bars figures(String... closes) {
        BarsBuilder builder = new BarsBuilder(0);
        for (int i = 0; i < closes.length; i++) {
            builder.add(i);
            builder.put(Bars.Figure.CLOSE, closes[i] == null ? null : new BigDecimal(closes[i]));
        }
        return builder.build((dropped, kept) -> {});
    }

    /** One bar of each timestamp, the first, ascending. */
    private static List<Bar> distinct(List<Bar> bars) {
        List<Bar> kept = new ArrayList<>();
        for (Bar bar : bars) {
            if (kept.stream().noneMatch(k -> k.timestamp().equals(bar.timestamp()))) {
                kept.add(bar);
            }
        }
        kept.sort(Comparator.comparing(Bar::timestamp));
        return kept;
    }

    @Provide
    Arbitrary<List<Bar>> bars() {
        Arbitrary<Instant> stamps = Arbitraries.longs().between(-50, 50).map(Instant::ofEpochSecond);
        Arbitrary<BigDecimal> figures = Arbitraries.oneOf(
                        Arbitraries.longs().between(-999, 9_999_999).map(n -> BigDecimal.valueOf(n, 4)),
                        Arbitraries.of(
                                new BigDecimal("1E+3"),
                                new BigDecimal("-0.00"),
                                new BigDecimal("9223372036854775807"),
                                new BigDecimal("1234567890123456789012345.678900"),
                                new BigDecimal("1E-120")))
                .injectNull(0.2);
        Arbitrary<String> rest = Arbitraries.of("{\"a\":1}", "{}").injectNull(0.8);
        return Combinators.combine(stamps, figures, figures, figures, figures, figures, figures.injectNull(0.9), rest)
                .as((at, open, high, low, close, volume, adjusted, left) ->
                        new Bar(at, open, high, low, close, volume, adjusted, null, null, left))
                .list()
                .ofMaxSize(70);
    }
}
