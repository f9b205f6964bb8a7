package io.alphakeep.maintain.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.maintain.Partition;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What must hold whatever is there. */
class IndexPlannerProperties {

    private static final Instant NOW = Instant.parse("2026-09-12T12:00:00Z");
    private static final List<Partition> PARTITIONS = IntStream.range(0, 12)
            .mapToObj(i -> YearMonth.of(2026, 1).plusMonths(i))
            .map(month ->
                    new Partition("p_" + month.toString().replace('-', '_'), first(month), first(month.plusMonths(1))))
            .toList();
    private static final List<IndexPolicy> POLICIES = List.of(
            IndexPolicy.DEFAULT,
            IndexPolicy.parse("price_summary", "ticker,timestamp days 60"),
            IndexPolicy.parse("other", "endpoint,updated_at include volume days 100"));

    private static Instant first(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Property(tries = 500)
    void doingAllThatIsDueEndsWithNothingDue(
            @ForAll("observed") Set<ObservedIndex> before, @ForAll @IntRange(max = 2) int wanted) {
        IndexPlanner planner = planner(wanted);
        Set<ObservedIndex> there = new HashSet<>(before);
        // As the conductor does it: the first step, then planned anew. Each index goes or comes once.
        int steps = 0;
        for (List<IndexStep> plan = plan(planner, there); !plan.isEmpty(); plan = plan(planner, there)) {
            apply(plan.get(0), there);
            assertThat(++steps).isLessThanOrEqualTo(before.size() + PARTITIONS.size());
        }
        IndexPolicy policy = POLICIES.get(wanted);
        for (Partition partition : PARTITIONS) {
            boolean covered = partition.until().isAfter(NOW.minus(Duration.ofDays(policy.days())));
            String name = IndexName.of(partition.name(), policy);
            assertThat(there.stream()
                            .anyMatch(i -> i.name().equals(name) && !i.belonging() && !i.building() && !i.valid()))
                    .isFalse();
            if (covered) {
                assertThat(there).anyMatch(i -> i.name().equals(name));
            }
        }
    }

    @Property(tries = 500)
    void allStepsAtOnceLeaveOnlyFormerIndexesToDrop(
            @ForAll("observed") Set<ObservedIndex> before, @ForAll @IntRange(max = 2) int wanted) {
        IndexPlanner planner = planner(wanted);
        Set<ObservedIndex> there = new HashSet<>(before);
        plan(planner, there).forEach(step -> apply(step, there));
        List<IndexStep> second = plan(planner, there);
        assertThat(second).allMatch(step -> step.why().contains("was changed"));
        second.forEach(step -> apply(step, there));
        assertThat(plan(planner, there)).isEmpty();
    }

    @Property(tries = 500)
    void onlyOursAreEverDropped(@ForAll("observed") Set<ObservedIndex> before, @ForAll @IntRange(max = 2) int wanted) {
        for (IndexStep step : plan(planner(wanted), before)) {
            if (step.kind() != IndexStep.Kind.CREATE) {
                assertThat(before)
                        .anyMatch(i -> i.name().equals(step.target())
                                && !i.belonging()
                                && !i.building()
                                && i.name().matches("p_2026_\\d\\d_[a-z_]+_ak[0-9a-f]{6}"));
            }
        }
    }

    private static IndexPlanner planner(int wanted) {
        return new IndexPlanner(new IndexStatements("s"), List.of(POLICIES.get(wanted)));
    }

    private static List<IndexStep> plan(IndexPlanner planner, Set<ObservedIndex> there) {
        return planner.plan(PARTITIONS, new ArrayList<>(there), NOW);
    }

    private static void apply(IndexStep step, Set<ObservedIndex> there) {
        if (step.kind() == IndexStep.Kind.CREATE) {
            assertThat(there).noneMatch(i -> i.name().equals(step.target()));
            there.add(new ObservedIndex(step.partition(), step.target(), true, false, false));
        } else {
            assertThat(there.removeIf(i -> i.name().equals(step.target()))).isTrue();
        }
    }

    /** One index of a name at most, as in a schema. */
    @Provide
    Arbitrary<Set<ObservedIndex>> observed() {
        Arbitrary<Partition> partitions = Arbitraries.of(PARTITIONS);
        Arbitrary<IndexPolicy> policies = Arbitraries.of(POLICIES);
        Arbitrary<Boolean> mostly = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(4, Arbitraries.just(true)), net.jqwik.api.Tuple.of(1, Arbitraries.just(false)));
        Arbitrary<Boolean> seldom = mostly.map(b -> !b);
        return Combinators.combine(partitions, policies, mostly, mostly, seldom, seldom)
                .as((partition, policy, named, valid, building, belonging) -> new ObservedIndex(
                        partition.name(),
                        named ? IndexName.of(partition.name(), policy) : partition.name() + "_mine_" + policy.days(),
                        valid,
                        building && !valid,
                        belonging))
                .list()
                .ofMaxSize(15)
                .uniqueElements(ObservedIndex::name)
                .map(HashSet::new);
    }
}
