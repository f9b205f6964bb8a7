package io.alphakeep.run;

import io.alphakeep.market.Series;
import io.alphakeep.market.Watermark;
import io.alphakeep.plan.Omission;
import io.alphakeep.plan.Plan;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A run that asks nothing because what is due failed lately. When the API has answered nothing since, that is an outage as it
 * was for the runs before: it must not pass for a warehouse that is up to date.
 */
final class Unanswered {

    private Unanswered() {}

    /**
     * @param marks of the series that the plan is about
     * @param limit as many failures in a row end a run: with fewer it is the series that fail, and each is told by itself
     * @return empty when there is something to ask, or the API answers
     */
    static Optional<Problem> problem(Plan plan, Collection<Watermark> marks, int limit) {
        List<Omission> waiting = plan.failedLately();
        if (!plan.isEmpty() || waiting.isEmpty()) {
            return Optional.empty();
        }
        Instant answered = marks.stream()
                .map(Watermark::lastAnswerAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        Set<Series> names = waiting.stream().map(Omission::series).collect(Collectors.toSet());
        long since = marks.stream()
                .filter(mark -> names.contains(mark.series()))
                .filter(mark -> mark.lastAttemptAt().isAfter(answered))
                .count();
        long asked = marks.stream().filter(mark -> mark.parkedReason() == null).count();
        return since >= Math.min(limit, asked)
                ? Optional.of(Endings.unanswered(waiting.size(), again(waiting)))
                : Optional.empty();
    }

    private static Instant again(List<Omission> waiting) {
        return waiting.stream()
                .flatMap(omission -> omission.dueAt().stream())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
