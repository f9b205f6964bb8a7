package io.alphakeep.maintain.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alphakeep.maintain.Partition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IndexPlannerTest {

    private static final Instant NOW = Instant.parse("2026-09-12T12:00:00Z");
    private static final IndexPolicy POLICY = IndexPolicy.DEFAULT;
    private static final Partition YEAR = partition("p_2024", "2024-01-01", "2025-01-01");
    private static final Partition MARCH = partition("p_2026_03", "2026-03-01", "2026-04-01");
    private static final Partition FEBRUARY = partition("p_2026_02", "2026-02-01", "2026-03-01");
    private static final Partition SEPTEMBER = partition("p_2026_09", "2026-09-01", "2026-10-01");
    private static final Partition AHEAD = partition("p_2026_12", "2026-12-01", "2027-01-01");

    private static Partition partition(String name, String from, String until) {
        return new Partition(name, Instant.parse(from + "T00:00:00Z"), Instant.parse(until + "T00:00:00Z"));
    }

    private static ObservedIndex valid(Partition partition, String name) {
        return new ObservedIndex(partition.name(), name, true, false, false);
    }

    private static ObservedIndex valid(Partition partition, IndexPolicy policy) {
        return valid(partition, IndexName.of(partition.name(), policy));
    }

    private static List<IndexStep> plan(List<IndexPolicy> policies, List<Partition> parts, ObservedIndex... observed) {
        return new IndexPlanner(new IndexStatements("my \"schema"), policies).plan(parts, List.of(observed), NOW);
    }

    private static List<String> words(List<IndexStep> plan) {
        return plan.stream().map(step -> step.action() + " " + step.target()).toList();
    }

    @Test
    void theWindowIsCoveredNewestFirst() {
        // 180 days before 12 September is 16 March: the month that holds it is covered, the one before is not.
        List<IndexStep> plan = plan(List.of(POLICY), List.of(YEAR, FEBRUARY, MARCH, SEPTEMBER, AHEAD));
        assertThat(plan).extracting(IndexStep::partition).containsExactly("p_2026_12", "p_2026_09", "p_2026_03");
        assertThat(plan).allMatch(step -> step.action().equals("create_index"));
        String name = IndexName.of("p_2026_12", POLICY);
        assertThat(plan.get(0).sql())
                .containsExactly(
                        "CREATE INDEX CONCURRENTLY \"" + name
                                + "\" ON \"my \"\"schema\".\"p_2026_12\" (\"ticker\", \"timestamp\")"
                                + " INCLUDE (\"close_price\", \"volume\", \"quality_flag\") WHERE api_function = 'TIME_SERIES_DAILY'");
        assertThat(plan.get(0).why()).contains("180 days");
    }

    @Test
    void aPartitionWithoutEndsIsCovered() {
        Partition all = new Partition("p", Instant.MIN, Instant.MAX);
        assertThat(plan(List.of(POLICY), List.of(all))).hasSize(1);
        Partition old = new Partition("p", Instant.MIN, Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(plan(List.of(POLICY), List.of(old))).isEmpty();
    }

    @Test
    void whatIsThereIsNotMadeAgain() {
        assertThat(plan(List.of(POLICY), List.of(SEPTEMBER), valid(SEPTEMBER, POLICY)))
                .isEmpty();
        // Whoever's it is: the name is taken.
        ObservedIndex taken =
                new ObservedIndex(SEPTEMBER.name(), IndexName.of(SEPTEMBER.name(), POLICY), true, false, true);
        assertThat(plan(List.of(POLICY), List.of(SEPTEMBER), taken)).isEmpty();
    }

    @Test
    void aLeftoverGoesFirstAndIsMadeAnew() {
        String name = IndexName.of(SEPTEMBER.name(), POLICY);
        ObservedIndex leftover = new ObservedIndex(SEPTEMBER.name(), name, false, false, false);
        List<IndexStep> plan = plan(List.of(POLICY), List.of(SEPTEMBER, AHEAD), leftover);
        assertThat(words(plan))
                .containsExactly(
                        "drop_leftover_index " + name,
                        "create_index " + IndexName.of(AHEAD.name(), POLICY),
                        "create_index " + name);
        assertThat(plan.get(0).sql())
                .containsExactly("DROP INDEX CONCURRENTLY IF EXISTS \"my \"\"schema\".\"" + name + "\"");
        assertThat(plan.get(0).why()).contains("invalid");
    }

    @Test
    void whatIsBeingBuiltIsLeftToWhoBuildsIt() {
        ObservedIndex building =
                new ObservedIndex(SEPTEMBER.name(), IndexName.of(SEPTEMBER.name(), POLICY), false, true, false);
        assertThat(plan(List.of(POLICY), List.of(SEPTEMBER), building)).isEmpty();
        ObservedIndex old = new ObservedIndex(YEAR.name(), IndexName.of(YEAR.name(), POLICY), false, true, false);
        assertThat(plan(List.of(POLICY), List.of(YEAR), old)).isEmpty();
    }

    @Test
    void whatLeftTheWindowAndWhatNoPolicyWantsIsDropped() {
        String gone = "p_2026_09_former_ak23abcd";
        List<IndexStep> plan = plan(
                List.of(POLICY),
                List.of(FEBRUARY, SEPTEMBER),
                valid(FEBRUARY, POLICY),
                valid(SEPTEMBER, POLICY),
                valid(SEPTEMBER, gone),
                // Somebody's own, with a date.
                valid(SEPTEMBER, "p_2026_09_backup_20241101"));
        assertThat(words(plan))
                .containsExactly("drop_index " + gone, "drop_index " + IndexName.of(FEBRUARY.name(), POLICY));
        assertThat(plan.get(0).why()).contains("no policy");
        assertThat(plan.get(1).why()).contains("180 days");
    }

    @Test
    void aChangedPolicyLosesItsFormerIndexOnlyWhenTheNewOneServes() {
        IndexPolicy changed = IndexPolicy.parse(POLICY.name(), POLICY.text().replace(",volume", ""));
        String name = IndexName.of(SEPTEMBER.name(), changed);
        ObservedIndex former = valid(SEPTEMBER, POLICY);
        assertThat(words(plan(List.of(changed), List.of(SEPTEMBER), former))).containsExactly("create_index " + name);
        ObservedIndex building = new ObservedIndex(SEPTEMBER.name(), name, false, true, false);
        assertThat(plan(List.of(changed), List.of(SEPTEMBER), former, building)).isEmpty();
        List<IndexStep> plan = plan(List.of(changed), List.of(SEPTEMBER), former, valid(SEPTEMBER, changed));
        assertThat(words(plan)).containsExactly("drop_index " + former.name());
        assertThat(plan.get(0).why()).contains("was changed").contains(name);
    }

    @Test
    void anotherNumberOfDaysRebuildsNothing() {
        IndexPolicy longer = IndexPolicy.parse(POLICY.name(), POLICY.text().replace("180", "240"));
        assertThat(words(plan(List.of(longer), List.of(FEBRUARY, SEPTEMBER), valid(SEPTEMBER, POLICY))))
                .containsExactly("create_index " + IndexName.of(FEBRUARY.name(), POLICY));
    }

    @Test
    void whatIsNotOurMakingIsLeftAlone() {
        String ours = IndexName.of(YEAR.name(), POLICY);
        List<ObservedIndex> others = List.of(
                // a primary key, whatever its name, and a user's own: valid or broken
                new ObservedIndex(YEAR.name(), ours, true, false, true),
                new ObservedIndex(YEAR.name(), ours, false, false, true),
                new ObservedIndex(YEAR.name(), "p_2024_pkey", true, false, true),
                new ObservedIndex(YEAR.name(), "mine", false, false, false),
                valid(YEAR, "p_2024_price_summary"),
                valid(YEAR, "p_2024_price_summary_0123ABCD"),
                valid(YEAR, "p_2024_price_summary_ak23abcde"),
                valid(YEAR, "p_2025_price_summary_ak23abcd"),
                valid(YEAR, "p_2024_ak23abcd"));
        assertThat(plan(List.of(), List.of(YEAR), others.toArray(ObservedIndex[]::new)))
                .isEmpty();
    }

    @Test
    void namesFitAndAreKnownAgain() {
        IndexPolicy longest = new IndexPolicy("a23456789012345678901234", List.of("ticker"), List.of(), "", 1);
        for (String partition : List.of("alpha_market_data_2024_11", "ä".repeat(31), "x".repeat(63))) {
            String name = IndexName.of(partition, longest);
            assertThat(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
            assertThat(IndexName.policy(partition, name)).contains(longest.name());
        }
        assertThat(IndexName.of("x".repeat(62) + "1", longest))
                .isNotEqualTo(IndexName.of("x".repeat(62) + "2", longest));
        assertThat(IndexName.of("alpha_market_data_2024_11", POLICY))
                .matches("alpha_market_data_2024_11_price_summary_ak[0-9a-f]{6}");
    }

    @Test
    void policiesAreBoundedAndOfDifferentNames() {
        assertThatThrownBy(() -> plan(List.of(POLICY, POLICY), List.of())).hasMessageContaining("price_summary");
        List<IndexPolicy> many = new ArrayList<>();
        IntStream.range(0, 9).forEach(i -> many.add(IndexPolicy.parse("p" + i, "ticker days 1")));
        assertThatThrownBy(() -> plan(Collections.unmodifiableList(many), List.of()))
                .hasMessageContaining("at most 8");
    }
}
