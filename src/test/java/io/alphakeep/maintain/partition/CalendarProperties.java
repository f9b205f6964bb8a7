package io.alphakeep.maintain.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The calendar of partitions, over a hundred years. */
class CalendarProperties {

    private static final long FIRST = Instant.parse("1990-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("2089-12-31T23:59:59Z").getEpochSecond();

    /** Leap days and the last second of a month too: one month holds each instant, and its neighbours don't. */
    @Property
    void eachInstantHasOneMonthAndOneYear(@ForAll @LongRange(min = 631152000L, max = 3786911999L) long second) {
        assertThat(second).isBetween(FIRST, LAST);
        Instant instant = Instant.ofEpochSecond(second);
        YearMonth month = YearMonth.from(instant.atOffset(ZoneOffset.UTC));
        assertThat(NewPartition.month(month).bound().holds(instant)).isTrue();
        assertThat(NewPartition.month(month.minusMonths(1)).bound().holds(instant))
                .isFalse();
        assertThat(NewPartition.month(month.plusMonths(1)).bound().holds(instant))
                .isFalse();
        assertThat(NewPartition.year(month.getYear()).bound().holds(instant)).isTrue();
        assertThat(NewPartition.year(month.getYear()).bound())
                .matches(year -> year.holds(NewPartition.month(month).bound().from()))
                .matches(year ->
                        year.holds(NewPartition.month(month).bound().until().minusNanos(1)));
    }

    @Property(tries = 300)
    void whateverIsNeededAndWheneverAllIsCoveredAndNothingOverlaps(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 1199) Integer> months,
            @ForAll @Size(max = 40) List<@IntRange(max = 1199) Integer> earlier,
            @ForAll @Size(max = 40) List<@IntRange(max = 1199) Integer> later,
            @ForAll @IntRange(max = 36_524) int day,
            @ForAll @IntRange(max = 3_000) int daysBetween,
            @ForAll @IntRange(min = 1, max = 240) int archiveAfterMonths) {
        LocalDate today = LocalDate.of(1990, 1, 1).plusDays(day);
        List<Bound> all = new ArrayList<>();
        for (List<Integer> round : List.of(earlier, months, later)) {
            Set<YearMonth> needed = new TreeSet<>();
            round.forEach(month -> needed.add(YearMonth.of(1990, 1).plusMonths(month)));
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
            today = today.plusDays(daysBetween);
        }
    }

    @Property
    void theMonthsAheadBeginWithTodaysAndHaveNoGap(
            @ForAll @IntRange(max = 36_524) int day, @ForAll @IntRange(min = 1, max = 24) int ahead) {
        LocalDate today = LocalDate.of(1990, 1, 1).plusDays(day);
        List<YearMonth> months = List.copyOf(PartitionPlanner.ahead(today, ahead));
        assertThat(months).hasSize(ahead + 1).startsWith(YearMonth.from(today));
        for (int i = 1; i < months.size(); i++) {
            assertThat(NewPartition.month(months.get(i)).bound().from())
                    .isEqualTo(NewPartition.month(months.get(i - 1)).bound().until());
        }
    }
}
