package io.alphakeep.maintain.index;

import io.alphakeep.maintain.Partition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which indexes by age are to be made and dropped. Pure. First what failed builds left behind, then what is missing, newest
 * partition first because queries begin there, then what is no longer wanted. The index of a changed policy goes only once its
 * successor serves.
 */
final class IndexPlanner {

    private static final int MAX_POLICIES = 8;

    private final IndexStatements statements;
    private final Map<String, IndexPolicy> policies = new HashMap<>();

    /**
     * @param statements for the schema of the partitions
     * @param policies   at most 8, each of another name
     * @throws IllegalArgumentException when a name stands twice or there are too many
     */
    IndexPlanner(IndexStatements statements, List<IndexPolicy> policies) {
        this.statements = statements;
        for (IndexPolicy policy : policies) {
            if (this.policies.put(policy.name(), policy) != null) {
                throw new IllegalArgumentException("two index policies are named '" + policy.name() + "'");
            }
        }
        if (policies.size() > MAX_POLICIES) {
            throw new IllegalArgumentException(
                    policies.size() + " index policies, at most " + MAX_POLICIES + " are kept");
        }
    }

    /**
     * @param observed all indexes of the partitions; those that are not of our making are left alone
     * @return what is due, in the order in which it should be done; empty when all is as it should be
     */
    List<IndexStep> plan(List<Partition> partitions, List<ObservedIndex> observed, Instant now) {
        List<Partition> newestFirst = partitions.stream()
                .sorted(Comparator.comparing(Partition::from).reversed())
                .toList();
        List<IndexStep> leftovers = new ArrayList<>();
        List<IndexStep> missing = new ArrayList<>();
        List<IndexStep> unwanted = new ArrayList<>();
        for (Partition partition : newestFirst) {
            List<ObservedIndex> here = observed.stream()
                    .filter(index -> index.partition().equals(partition.name()))
                    .toList();
            Set<String> valid = new HashSet<>();
            Set<String> taken = new HashSet<>();
            for (ObservedIndex index : here) {
                Optional<String> policy = policyOf(index);
                if (policy.isPresent() && !index.valid() && !index.building()) {
                    leftovers.add(leftover(index));
                    continue;
                }
                taken.add(index.name());
                if (index.valid()) {
                    valid.add(index.name());
                }
            }
            missing.addAll(missing(partition, taken, now));
            for (ObservedIndex index : here) {
                if (index.valid()) {
                    policyOf(index)
                            .flatMap(policy -> unwanted(partition, index, policies.get(policy), valid, now))
                            .ifPresent(unwanted::add);
                }
            }
        }
        List<IndexStep> plan = new ArrayList<>(leftovers);
        plan.addAll(missing);
        plan.addAll(unwanted);
        return plan;
    }

    private static Optional<String> policyOf(ObservedIndex index) {
        return index.belonging() ? Optional.empty() : IndexName.policy(index.partition(), index.name());
    }

    private IndexStep leftover(ObservedIndex index) {
        return new IndexStep(
                IndexStep.Kind.DROP_LEFTOVER,
                index.partition(),
                index.name(),
                "invalid: its build, or an earlier drop, did not finish",
                statements.drop(index.name()));
    }

    private List<IndexStep> missing(Partition partition, Set<String> taken, Instant now) {
        return policies.values().stream()
                .sorted(Comparator.comparing(IndexPolicy::name))
                .filter(policy -> covers(policy, partition, now))
                .filter(policy -> !taken.contains(IndexName.of(partition.name(), policy)))
                .map(policy -> new IndexStep(
                        IndexStep.Kind.CREATE,
                        partition.name(),
                        IndexName.of(partition.name(), policy),
                        "policy " + policy.name() + ": holds, or may hold, rows of the last " + policy.days() + " days",
                        statements.create(partition.name(), policy)))
                .toList();
    }

    /** @param policy of the index; null when there is none of that name any more */
    private Optional<IndexStep> unwanted(
            Partition partition, ObservedIndex index, IndexPolicy policy, Set<String> valid, Instant now) {
        if (policy == null) {
            return Optional.of(drop(index, "no policy wants it any more"));
        }
        if (!covers(policy, partition, now)) {
            return Optional.of(
                    drop(index, "policy " + policy.name() + ": all rows are older than " + policy.days() + " days"));
        }
        String wanted = IndexName.of(partition.name(), policy);
        boolean succeeded = !wanted.equals(index.name()) && valid.contains(wanted);
        return succeeded
                ? Optional.of(drop(index, "policy " + policy.name() + " was changed, " + wanted + " serves instead"))
                : Optional.empty();
    }

    private IndexStep drop(ObservedIndex index, String why) {
        return new IndexStep(IndexStep.Kind.DROP, index.partition(), index.name(), why, statements.drop(index.name()));
    }

    /** A partition of months ahead is covered too: rows will come. */
    private static boolean covers(IndexPolicy policy, Partition partition, Instant now) {
        return partition.overlaps(now.minus(Duration.ofDays(policy.days())), Instant.MAX);
    }
}
