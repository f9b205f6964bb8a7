package io.alphakeep.maintain.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

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
}
