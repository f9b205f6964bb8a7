package io.alphakeep.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.bench.Comparison.Goal;
import io.alphakeep.bench.Comparison.Section;
import io.alphakeep.bench.Samples.Unit;
import io.alphakeep.market.Bars.Figure;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The bench's arithmetic. */
class FiguresTest {

    private static Samples samples(Double... values) {
        return new Samples("x", Unit.MILLISECONDS, List.of(values));
    }

    private static Comparison comparison(Samples before, Samples after, Goal goal) {
        return new Comparison(Section.WRITING, "work", before, after, "", Optional.ofNullable(goal), "");
    }

    @Test
    void quantilesLieBetweenTheNearestTwo() {
        Samples samples = samples(4.0, 1.0, 3.0, 2.0);
        assertThat(samples.median()).isEqualTo(2.5);
        assertThat(samples.lowest()).isEqualTo(1);
        assertThat(samples.highest()).isEqualTo(4);
        assertThat(samples.quantile(0.25)).isEqualTo(1.75);
        assertThatThrownBy(FiguresTest::samples).hasMessageContaining("was not measured");
    }

    @Test
    void theFactorIsOfEachRoundAndMayBeInfinite() {
        // Round by round 2, 2 and 3: the machine was slow in the second one.
        assertThat(comparison(samples(2.0, 20.0, 3.0), samples(1.0, 10.0, 1.0), null)
                        .factor())
                .isEqualTo(2);
        assertThat(comparison(samples(5.0, 7.0), samples(0.0, 0.0), null).factor())
                .isInfinite();
    }

    @Test
    void aGoalIsReachedAtItsBound() {
        Samples before = samples(6.0);
        Samples after = samples(2.0);
        assertThat(comparison(before, after, null).reached()).isEmpty();
        assertThat(comparison(before, after, new Goal(Goal.Of.FACTOR, 3, true)).reached())
                .contains(true);
        assertThat(comparison(before, after, new Goal(Goal.Of.FACTOR, 3.1, true))
                        .reached())
                .contains(false);
        assertThat(comparison(before, after, new Goal(Goal.Of.AFTER, 2, false)).reached())
                .contains(true);
        assertThat(comparison(before, after, new Goal(Goal.Of.AFTER, 1.9, false))
                        .reached())
                .contains(false);
    }

    @Test
    void boundsHaveThreeDigits() {
        assertThat(bound(Unit.MILLISECONDS, new Goal(Goal.Of.FACTOR, 1 / 1.5, true)))
                .isEqualTo("≥ 0.667 ×");
        assertThat(bound(Unit.MILLISECONDS, new Goal(Goal.Of.FACTOR, 30, true))).isEqualTo("≥ 30 ×");
        assertThat(bound(Unit.SECONDS, new Goal(Goal.Of.AFTER, 1.2, false))).isEqualTo("≤ 1.2 s");
        assertThat(bound(Unit.MILLISECONDS, new Goal(Goal.Of.AFTER, 0.15, false)))
                .isEqualTo("≤ 0.15 ms");
        assertThat(bound(Unit.BYTES, new Goal(Goal.Of.AFTER, 5_262_212, false))).isEqualTo("≤ 5,260 kB");
    }

    private static String bound(Unit unit, Goal goal) {
        Samples samples = new Samples("x", unit, List.of(1.0));
        return Shown.goal(comparison(samples, samples, goal));
    }

    @Test
    void aPeersLastWordsAreOneLine() {
        assertThat(PythonPeer.lastWords("""
                Traceback (most recent call last):
                  File "peers.py", line 1, in <module>
                    main()
                psycopg2.OperationalError: connection to server failed: refused
                \tIs the server running?
                """))
                .isEqualTo("psycopg2.OperationalError: connection to server failed: refused Is the server running?");
        assertThat(PythonPeer.lastWords("")).isEmpty();
    }

    @Test
    void roundsAlternateAndLeaveTheWarmUpOut() throws Exception {
        List<String> turns = new ArrayList<>();
        List<Samples> samples = new Rounds(1, 2)
                .of(List.of(
                        new Measured("a", Unit.SECONDS, round -> {
                            turns.add("a" + round);
                            return round;
                        }),
                        new Measured("b", Unit.ROWS, round -> {
                            turns.add("b" + round);
                            return round;
                        })));
        assertThat(turns).containsExactly("b-1", "a-1", "a0", "b0", "b1", "a1");
        assertThat(samples)
                .containsExactly(
                        new Samples("a", Unit.SECONDS, List.of(0.0, 1.0)),
                        new Samples("b", Unit.ROWS, List.of(0.0, 1.0)));
    }

    @Test
    void anInterruptEndsTheRounds() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new Rounds(0, 1).of(List.of(new Measured("a", Unit.ROWS, round -> 0))))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void sampleBarsAreTheSameEveryTimeAndSound() {
        LocalDate last = LocalDate.of(2026, 3, 8);
        SeriesBars daily = new SeriesBars(SeriesBars.daily("X", 1, 1).series(), SampleBars.daily(7, 500, last));
        assertThat(daily.bars().asList())
                .isEqualTo(SampleBars.daily(7, 500, last).asList())
                .hasSize(500)
                .allSatisfy(bar -> {
                    assertThat(bar.timestamp().atOffset(ZoneOffset.UTC).getDayOfWeek())
                            .isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
                    assertThat(bar.low()).isPositive().isLessThanOrEqualTo(bar.open());
                    assertThat(bar.low()).isLessThanOrEqualTo(bar.close());
                    assertThat(bar.high()).isGreaterThanOrEqualTo(bar.open()).isGreaterThanOrEqualTo(bar.close());
                });
        assertThat(daily.bars().last()).isEqualTo("2026-03-06T00:00:00Z");
        assertThat(SampleBars.intraday(7, 2, 5, last).size()).isEqualTo(156);
        assertThat(SampleBars.weekly(7, 10, last).value(Figure.CLOSE, 9)).isPositive();
    }

    @Test
    void theBodyHoldsTheVeryBars() throws Exception {
        SeriesBars answer = SeriesBars.daily("X", 3, 50);
        byte[] body = DailyBody.of(answer);
        assertThat(TreeModel.bars(body).asList()).isEqualTo(answer.bars().asList());
        assertThat(List.copyOf(OurDecoder.bars(answer.series(), body).asList()))
                .isEqualTo(List.copyOf(answer.bars().asList()));
    }
}
