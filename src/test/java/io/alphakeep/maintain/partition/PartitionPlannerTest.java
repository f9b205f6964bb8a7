package io.alphakeep.maintain.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionPlannerTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 9, 12);

    private static List<String> names(Set<YearMonth> needed, Bounds existing) {
        return PartitionPlanner.plan(needed, existing, TODAY, 24).stream()
                .map(p -> p.name("t"))
                .toList();
    }

    private static Bounds bounds(NewPartition... partitions) {
        return new Bounds(List.of(partitions).stream().map(NewPartition::bound).toList());
    }

    @Test
    void recentMonthsAreMonthsAndOldYearsAreYears() {
        assertThat(names(
                        Set.of(
                                YearMonth.of(2026, 9),
                                YearMonth.of(2024, 1),
                                YearMonth.of(2023, 12),
                                YearMonth.of(2023, 3),
                                YearMonth.of(1999, 11)),
                        Bounds.NONE))
                .containsExactly("t_1999", "t_2023", "t_2024_01", "t_2026_09");
    }

    @Test
    void aYearTurnsOldWhenItsDecemberIsOlderThanTheArchiveAge() {
        Set<YearMonth> needed = Set.of(YearMonth.of(2024, 5));
        assertThat(PartitionPlanner.plan(needed, Bounds.NONE, LocalDate.of(2026, 12, 31), 24))
                .extracting(NewPartition::width)
                .containsExactly(NewPartition.Width.MONTH);
        assertThat(PartitionPlanner.plan(needed, Bounds.NONE, LocalDate.of(2027, 1, 1), 24))
                .extracting(NewPartition::width)
                .containsExactly(NewPartition.Width.YEAR);
    }

    @Test
    void anOldYearThatHasAMonthAlreadyGoesOnInMonths() {
        assertThat(names(
                        Set.of(YearMonth.of(2020, 2), YearMonth.of(2020, 3)),
                        bounds(NewPartition.month(YearMonth.of(2020, 7)))))
                .containsExactly("t_2020_02", "t_2020_03");
    }

    @Test
    void aForeignRangeIsNeverOverlapped() {
        Bound halfJune = new Bound(
                LocalDate.of(2026, 6, 15).atStartOfDay().toInstant(ZoneOffset.UTC),
                LocalDate.of(2026, 7, 15).atStartOfDay().toInstant(ZoneOffset.UTC));
        assertThat(names(
                        Set.of(YearMonth.of(2026, 6), YearMonth.of(2026, 7), YearMonth.of(2026, 8)),
                        new Bounds(List.of(halfJune))))
                .containsExactly("t_2026_08");
    }

    @Test
    void twentyFiveYearsAreNotThreeHundredPartitions() {
        Set<YearMonth> needed = new TreeSet<>(PartitionPlanner.ahead(TODAY, 3));
        for (YearMonth m = YearMonth.of(2001, 10); !m.isAfter(YearMonth.from(TODAY)); m = m.plusMonths(1)) {
            needed.add(m);
        }
        assertThat(names(needed, Bounds.NONE))
                .hasSize(23 + 36)
                .startsWith("t_2001")
                .endsWith("t_2026_12");
    }

    static List<Long> seeds() {
        return new Random(20260912).longs(200).boxed().toList();
    }

    /** Whatever is there and whatever is needed: all is covered, nothing overlaps, and there is nothing to do afterwards. */
    @ParameterizedTest
    @MethodSource("seeds")
    void coversEverythingOverlapsNothingAndIsDone(long seed) {
        Random random = new Random(seed);
        LocalDate today = LocalDate.of(2000, 1, 1).plusDays(random.nextInt(12_000));
        int archiveAfterMonths = 1 + random.nextInt(60);
        List<Bound> all = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            Set<YearMonth> needed = new TreeSet<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                needed.add(
                        YearMonth.from(today).minusMonths(random.nextInt(300)).plusMonths(random.nextInt(12)));
            }
            for (NewPartition partition : PartitionPlanner.plan(needed, new Bounds(all), today, archiveAfterMonths)) {
                assertThat(all).noneMatch(bound -> bound.overlaps(partition.bound()));
                all.add(partition.bound());
            }
            Bounds after = new Bounds(all);
            assertThat(needed)
                    .allMatch(month ->
                            after.holds(NewPartition.month(month).bound().from()))
                    .allMatch(month -> after.holds(
                            NewPartition.month(month).bound().until().minusNanos(1)));
            assertThat(PartitionPlanner.plan(needed, after, today, archiveAfterMonths))
                    .isEmpty();
            today = today.plusDays(random.nextInt(800));
        }
    }
}
