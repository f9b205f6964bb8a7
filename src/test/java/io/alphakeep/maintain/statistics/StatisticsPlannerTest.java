package io.alphakeep.maintain.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsPlannerTest {

    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    private static TableState parent(double rows, String analyzedAt) {
        return new TableState("p", Optional.empty(), true, rows, 0, 0, at(analyzedAt), Optional.empty());
    }

    private static TableState leaf(String name, double rows, long live, long changed, String analyzedAt) {
        return new TableState(name, Optional.of("p"), false, rows, live, changed, at(analyzedAt), Optional.empty());
    }

    private static Optional<Instant> at(String date) {
        return date == null || date.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(date + "T00:00:00Z"));
    }

    private static List<String> due(int version, TableState... tables) {
        return StatisticsPlanner.plan("s", List.of(tables), NOW, version).stream()
                .map(step -> step.sql().get(0).replace("ANALYZE (SKIP_LOCKED) ", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1000,0,false", "1001,0,true", "1500,5000,false", "1501,5000,true", "0,1000000,false"})
    void aTableIsDueWhenMoreThanATenthAndAThousandChanged(long changed, long live, boolean due) {
        TableState table =
                new TableState("t", Optional.empty(), false, live, live, changed, Optional.empty(), Optional.empty());
        assertThat(due(18, table)).isEqualTo(due ? List.of("\"s\".\"t\"") : List.of());
    }

    @ParameterizedTest
    @CsvSource({
        // rows of the parent, its date; rows, changes and date of the leaf; due
        "-1,    ,           100, 0, 2026-11-01, true",
        "100,   2026-11-01, 100, 0, 2026-11-20, false",
        "100,   2026-11-01, 110, 0, 2026-11-20, false",
        "100,   2026-11-01, 112, 0, 2026-11-20, true",
        "100,   2026-11-01,  80, 0, 2026-11-20, true",
        "100,   2026-11-21, 500, 0, 2026-11-20, false",
        "100,   2026-11-21, 500, 9, 2026-11-20, true",
        "100,   2026-10-01, 100, 0, 2026-09-01, false",
        "100,   2026-10-01, 100, 1, 2026-09-01, true",
        "100,   2026-10-26, 100, 1, 2026-09-01, false",
        "100,             , 100, 1, 2026-09-01, true",
        "100,             , 100, 0,           , false"
    })
    void aParent(double rows, String date, double leafRows, long changed, String leafDate, boolean due) {
        assertThat(due(18, parent(rows, date), leaf("l", leafRows, 0, changed, leafDate)))
                .isEqualTo(due ? List.of("ONLY \"s\".\"p\"") : List.of());
    }

    @ParameterizedTest
    @CsvSource({"2026-11-19,false", "2026-11-21,true"})
    void aParentWhosePartitionsWereMergedSinceIsDue(String mergedAt, boolean due) {
        TableState parent = new TableState("p", Optional.empty(), true, 100, 0, 0, at("2026-11-20"), at(mergedAt));
        assertThat(due(18, parent, leaf("l", 100, 0, 0, "2026-11-19"))).hasSize(due ? 1 : 0);
    }

    @Test
    void anEmptyParentIsLeftAlone() {
        assertThat(due(18, parent(-1, null))).isEmpty();
    }

    @Test
    void aLeafThatWasNeverAnalysedCountsByTheServersCounters() {
        assertThat(due(18, parent(500, "2026-11-20"), leaf("l", -1, 500, 500, null)))
                .isEmpty();
    }

    @Test
    void beforePostgres18AParentsAnalyzeCoversItsLeaves() {
        TableState other =
                new TableState("a", Optional.empty(), false, 0, 0, 5_000, Optional.empty(), Optional.empty());
        TableState[] tables = {parent(-1, null), leaf("l", -1, 5_000, 5_000, null), other};
        assertThat(due(18, tables)).containsExactly("\"s\".\"a\"", "\"s\".\"l\"", "ONLY \"s\".\"p\"");
        assertThat(due(17, tables)).containsExactly("\"s\".\"a\"", "\"s\".\"p\"");
    }
}
