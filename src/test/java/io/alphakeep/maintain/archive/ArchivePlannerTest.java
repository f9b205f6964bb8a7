package io.alphakeep.maintain.archive;

import static io.alphakeep.maintain.archive.ArchiveKit.DETACH;
import static io.alphakeep.maintain.archive.ArchiveKit.MERGE;
import static io.alphakeep.maintain.archive.ArchiveKit.NOW;
import static io.alphakeep.maintain.archive.ArchiveKit.OFF;
import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.maintain.Partition;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ArchivePlannerTest {

    private static final Statements SQL = new Statements("public", "t");

    private static Partition month(int year, int month) {
        YearMonth first = YearMonth.of(year, month);
        return new Partition("t_%04d_%02d".formatted(year, month), start(first), start(first.plusMonths(1)));
    }

    private static Partition year(String table, int year) {
        return new Partition(table + "_" + year, start(YearMonth.of(year, 1)), start(YearMonth.of(year + 1, 1)));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static ArchiveState state(List<Partition> partitions, List<Partition> archived, Line... lines) {
        return new ArchiveState(partitions, "owner", !archived.isEmpty(), archived, List.of(lines), null, false);
    }

    private static List<String> words(ArchivePolicy policy, Instant now, ArchiveState state) {
        return new ArchivePlanner(SQL, policy, now)
                .plan(state).stream()
                        .map(step -> step.action() + " " + step.target())
                        .toList();
    }

    private static Line copy(int year, boolean exists, boolean attached) {
        return new Line("t_" + year, Line.COPY, "t", null, Range.ofYear(year), null, null, exists, attached, true);
    }

    private static Line merged(String relation, int year) {
        return new Line(
                relation,
                Line.MERGED,
                "t",
                "t_" + year,
                Range.ofYear(year),
                new Contents(1, BigDecimal.ONE),
                null,
                true,
                false,
                true);
    }

    private static Line expired(String relation, Instant dropAfter) {
        return new Line(
                relation,
                Line.EXPIRED,
                "t",
                null,
                Range.ofYear(2001),
                new Contents(1, BigDecimal.ONE),
                dropAfter,
                true,
                false,
                true);
    }

    @Test
    void aYearIsOldTheDayAfterItsDecemberIsMoreThanTheMonthsPast() {
        ArchiveState months = state(List.of(month(2019, 1), month(2019, 12)), List.of());
        // 24 months: December 2019 is past them from January 2022 on.
        assertThat(words(MERGE, Instant.parse("2021-12-31T23:59:59Z"), months)).isEmpty();
        assertThat(words(MERGE, Instant.parse("2022-01-01T00:00:00Z"), months)).containsExactly("merge t_2019");
    }

    @Test
    void aWholeYearIsLeftAndASingleMonthIsNot() {
        assertThat(words(MERGE, NOW, state(List.of(year("t", 2010), month(2011, 5)), List.of())))
                .containsExactly("merge t_2011");
    }

    @Test
    void aRangeThatReachesIntoAnotherYearIsNotOurs() {
        Partition odd =
                new Partition("odd", Instant.parse("2010-11-01T00:00:00Z"), Instant.parse("2011-02-01T00:00:00Z"));
        Partition ever = new Partition("ever", Instant.MIN, Instant.parse("2001-01-01T00:00:00Z"));
        assertThat(words(MERGE, NOW, state(List.of(ever, month(2010, 1), odd, month(2011, 5)), List.of())))
                .isEmpty();
        assertThat(words(DETACH, NOW, state(List.of(ever, odd), List.of()))).isEmpty();
    }

    @Test
    void whatAnEarlierPassLeftComesFirstAndTheOldestYearNext() {
        ArchiveState state = state(
                List.of(month(2012, 1), month(2012, 2), month(2011, 3), month(2011, 4)),
                List.of(),
                merged("t_2010_01", 2010),
                copy(2009, true, false));
        assertThat(words(MERGE, NOW, state))
                .containsExactly("drop_merged t_2010_01", "drop_copy t_2009", "merge t_2011", "merge t_2012");
    }

    @Test
    void aCopyThatCouldNotBeExchangedIsGoneOnWithBeforeAnyOtherIsMade() {
        ArchiveState state = state(
                List.of(month(2011, 3), month(2011, 4), month(2012, 1), month(2012, 2)),
                List.of(),
                copy(2012, true, false));
        List<ArchiveStep> steps = new ArchivePlanner(SQL, MERGE, NOW).plan(state);
        assertThat(steps).extracting(ArchiveStep::target).containsExactly("t_2012", "t_2011");
        assertThat(((ArchiveStep.Merge) steps.get(0)).make()).isEmpty();
        assertThat(steps.get(0).sql()).noneMatch(sql -> sql.startsWith("CREATE TABLE") || sql.startsWith("INSERT"));
        // Two of them are as much as the disk is to bear.
        assertThat(words(
                        MERGE,
                        NOW,
                        state(
                                List.of(month(2010, 1), month(2011, 1), month(2012, 1)),
                                List.of(),
                                copy(2011, true, false),
                                copy(2012, true, false))))
                .containsExactly("merge t_2011", "merge t_2012");
        // With merging off it is not wanted any more.
        assertThat(words(OFF, NOW, state)).containsExactly("drop_copy t_2012");
        // A line whose table somebody dropped is no copy.
        ArchiveState gone = state(List.of(month(2012, 1), month(2012, 2)), List.of(), copy(2012, false, false));
        assertThat(((ArchiveStep.Merge)
                                new ArchivePlanner(SQL, MERGE, NOW).plan(gone).get(0))
                        .make())
                .isNotEmpty();
    }

    @Test
    void detachMovesWholeOldYearsAndFoldsWhatTheArchiveHas() {
        ArchiveState state = state(
                List.of(year("t", 2010), year("t", 2011), month(2012, 1), month(2021, 1)),
                List.of(year("t_archive", 2011)));
        assertThat(words(DETACH, NOW, state)).containsExactly("merge t_2012", "move t_2010", "fold t_2011");
    }

    @Test
    void retentionTakesWholePartitionsThatAreOlderAndDropsAfterTheGraceOnly() {
        ArchivePolicy tenYears = new ArchivePolicy(ArchivePolicy.Mode.MERGE, 24, OptionalInt.of(120), 14);
        ArchiveState state = state(
                List.of(year("t", 2010), year("t", 2011), year("t", 2012)),
                List.of(year("t_archive", 2009)),
                expired("t_2001_expired", NOW),
                expired("t_2002_expired", NOW.plusMillis(1)));
        // In March 2022 what is kept begins with March 2012, in the middle of a partition.
        assertThat(words(tenYears, NOW, state))
                .containsExactly(
                        "expire t_archive_2009", "expire t_2010", "expire t_2011", "drop_expired t_2001_expired");
        assertThat(words(MERGE, NOW, state)).isEmpty();
    }

    @Test
    void theLiteralsAreInstantsWhateverTheSessionsZone() {
        String sql = String.join(
                "\n",
                new ArchivePlanner(SQL, MERGE, NOW)
                        .plan(state(List.of(month(2016, 2)), List.of()))
                        .get(0)
                        .sql());
        assertThat(sql)
                .contains("FOR VALUES FROM ('2016-01-01 00:00:00+00') TO ('2017-01-01 00:00:00+00')")
                .contains("ORDER BY ticker, endpoint, \"timestamp\"");
    }

    /** A hundred years of passes, day by day of their months' ends: every month ends in exactly one year, none is merged early. */
    @Test
    void inAHundredYearsEveryYearIsMergedOnceAndInTime() {
        List<Partition> partitions = new ArrayList<>();
        YearMonth next = YearMonth.of(1999, 1);
        List<Integer> merged = new ArrayList<>();
        for (LocalDate today = LocalDate.of(2000, 1, 31);
                today.isBefore(LocalDate.of(2102, 1, 1));
                today = today.plusMonths(1).withDayOfMonth(today.plusMonths(1).lengthOfMonth())) {
            for (; !next.isAfter(YearMonth.from(today).plusMonths(3)); next = next.plusMonths(1)) {
                partitions.add(month(next.getYear(), next.getMonthValue()));
            }
            Instant now = today.atTime(23, 59).toInstant(ZoneOffset.UTC);
            for (ArchiveStep step : new ArchivePlanner(SQL, MERGE, now).plan(state(partitions, List.of()))) {
                int year = Integer.parseInt(step.target().substring(2));
                assertThat(((ArchiveStep.Merge) step).sources()).hasSize(12);
                assertThat(YearMonth.from(today)).isEqualTo(YearMonth.of(year + 3, 1));
                merged.add(year);
                partitions.removeIf(p -> p.name().startsWith("t_" + year + "_"));
                partitions.add(year("t", year));
            }
        }
        assertThat(merged).hasSize(100).doesNotHaveDuplicates().isSorted();
    }
}
