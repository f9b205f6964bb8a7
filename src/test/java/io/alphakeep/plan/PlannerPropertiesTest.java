package io.alphakeep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every watchlist, every state of it and every moment of twenty years. */
class PlannerPropertiesTest {

    private static final List<String> FUNCTIONS = List.of(
            "TIME_SERIES_INTRADAY:1min",
            "TIME_SERIES_INTRADAY:60min",
            "TIME_SERIES_DAILY",
            "TIME_SERIES_WEEKLY_ADJUSTED",
            "TIME_SERIES_MONTHLY",
            "GLOBAL_QUOTE",
            "OVERVIEW",
            "EARNINGS");

    /** A watchlist with its watermarks, at a moment, for a run. */
    record World(List<WatchEntry> entries, Map<Series, Watermark> marks, PlanOptions options, Instant now) {

        Plan plan() {
            return Planner.plan(entries, marks, options, now);
        }
    }

    @Provide
    Arbitrary<World> worlds() {
        return Arbitraries.randomValue(PlannerPropertiesTest::world);
    }

    @Property(tries = 150)
    void theOrderOfTheInputDoesNotMatter(@ForAll("worlds") World world, @ForAll long seed) {
        List<WatchEntry> shuffled = new ArrayList<>(world.entries());
        Collections.shuffle(shuffled, new Random(seed));
        Map<Series, Watermark> sorted = new TreeMap<>(world.marks());
        assertThat(Planner.plan(shuffled, sorted, world.options(), world.now())).isEqualTo(world.plan());
    }

    @Property(tries = 150)
    void everyEntryIsAskedOrLeftOutWithAReason(@ForAll("worlds") World world) {
        Plan plan = world.plan();
        Set<Series> told = new HashSet<>();
        plan.requests().forEach(r -> told.add(r.series()));
        plan.omissions().forEach(o -> told.add(o.series()));
        Set<Series> wanted = new HashSet<>();
        world.entries().forEach(e -> wanted.add(e.series()));
        assertThat(told).isEqualTo(wanted);
        assertThat(plan.omissions()).extracting(Omission::series).doesNotHaveDuplicates();
        assertThat(plan.omissions()).extracting(Omission::reason).allMatch(r -> r.matches("[^\\r\\n]+"));
        assertThat(plan.requests()).extracting(PlannedRequest::reason).allMatch(r -> r.matches("[^\\r\\n]+"));
    }

    @Property(tries = 150)
    void theBoundHoldsAndCutsTheEnd(@ForAll("worlds") World world) {
        PlanOptions o = world.options();
        PlanOptions unbounded =
                new PlanOptions(o.refresh(), o.since(), OptionalInt.empty(), o.compactOnly(), o.explicit());
        List<PlannedRequest> all = Planner.plan(world.entries(), world.marks(), unbounded, world.now())
                .requests();
        List<PlannedRequest> kept = world.plan().requests();
        assertThat(kept)
                .isEqualTo(all.subList(0, Math.min(all.size(), o.maxRequests().orElse(Integer.MAX_VALUE))));
    }

    @Property(tries = 150)
    void whatWasAnsweredNowIsNotDueNow(@ForAll("worlds") World world) {
        PlanOptions o = world.options();
        PlanOptions scheduled = new PlanOptions(false, o.since(), OptionalInt.empty(), o.compactOnly(), o.explicit());
        Map<Series, Watermark> marks = new HashMap<>(world.marks());
        for (PlannedRequest request :
                Planner.plan(world.entries(), marks, scheduled, world.now()).requests()) {
            Watermark before = marks.getOrDefault(request.series(), Watermark.none(request.series()));
            marks.put(request.series(), answered(before, request, world.now()));
        }
        Plan after = Planner.plan(world.entries(), marks, scheduled, world.now());
        assertThat(after.requests()).isEmpty();
        assertThat(after.omissions())
                .allMatch(left ->
                        left.dueAt().filter(at -> !at.isAfter(world.now())).isEmpty());
    }

    @Property(tries = 150)
    void anOmissionIsDueWhenItSaysAndNotBefore(@ForAll("worlds") World world) {
        PlanOptions o = world.options();
        PlanOptions scheduled = new PlanOptions(false, Optional.empty(), OptionalInt.empty(), o.compactOnly(), false);
        Plan plan = Planner.plan(world.entries(), world.marks(), scheduled, world.now());
        for (Omission omission : plan.omissions()) {
            List<WatchEntry> one = world.entries().stream()
                    .filter(e -> e.series().equals(omission.series()))
                    .toList();
            omission.dueAt().ifPresent(at -> {
                assertThat(current(Planner.plan(one, world.marks(), scheduled, at.minusMillis(1))))
                        .isEmpty();
                assertThat(Planner.plan(one, world.marks(), scheduled, at).requests())
                        .isNotEmpty();
            });
        }
    }

    @Property(tries = 150)
    void worthDescendsAndMonthsAscend(@ForAll("worlds") World world) {
        Map<Series, PlannedRequest> previous = new HashMap<>();
        double value = Double.MAX_VALUE;
        for (PlannedRequest request : world.plan().requests()) {
            assertThat(request.value()).isLessThanOrEqualTo(value);
            assertThat(request.value()).isFinite().isNotNegative();
            assertThat(request.backfilled().isPresent()).isEqualTo(request.isBackfill());
            value = request.value();
            if (request.isBackfill()) {
                PlannedRequest before = previous.put(request.series(), request);
                if (before != null) {
                    assertThat(request.month())
                            .contains(before.month().orElseThrow().plusMonths(1));
                }
            }
        }
    }

    private static List<PlannedRequest> current(Plan plan) {
        return plan.requests().stream().filter(r -> !r.isBackfill()).toList();
    }

    /** What the run makes of a good answer. */
    private static Watermark answered(Watermark w, PlannedRequest request, Instant now) {
        if (request.isBackfill()) {
            MonthSpan span = request.backfilled().orElseThrow();
            return new Watermark(
                    w.series(),
                    w.firstTimestamp(),
                    w.lastTimestamp(),
                    w.lastAnswerAt(),
                    now,
                    w.failuresInARow(),
                    w.parkedReason(),
                    w.refreshOwed(),
                    w.fullRefused(),
                    span.from().atDay(1),
                    span.through().atDay(1));
        }
        return new Watermark(
                w.series(),
                w.firstTimestamp(),
                w.lastTimestamp(),
                now,
                now,
                0,
                null,
                w.refreshOwed() && request.size() == Size.COMPACT,
                w.fullRefused(),
                w.backfillFrom(),
                w.backfillThrough());
    }

    private static World world(Random random) {
        // Any second of the years 2006 to 2026, often right around a publication.
        LocalDate day = LocalDate.of(2006, 1, 1).plusDays(random.nextInt(20 * 365));
        Instant now = random.nextInt(3) == 0
                ? Timetable.publication(day).plusSeconds(random.nextInt(3) - 1)
                : day.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(random.nextInt(86_400));
        List<WatchEntry> entries = new ArrayList<>();
        Map<Series, Watermark> marks = new HashMap<>();
        int size = 1 + random.nextInt(12);
        for (int i = 0; i < size; i++) {
            String symbol = "S" + i + (random.nextInt(5) == 0 ? ".LON" : "");
            Given given = given(Given.series(symbol, FUNCTIONS.get(random.nextInt(FUNCTIONS.size()))), random, now);
            entries.add(given.entry());
            if (random.nextInt(6) > 0) {
                marks.put(given.series, given.mark());
            }
        }
        PlanOptions options = new PlanOptions(
                random.nextInt(5) == 0,
                random.nextInt(5) == 0 ? Optional.of(day.minusDays(random.nextInt(900))) : Optional.empty(),
                random.nextBoolean() ? OptionalInt.of(random.nextInt(20)) : OptionalInt.empty(),
                random.nextInt(4) == 0,
                random.nextInt(5) == 0);
        return new World(entries, marks, options, now);
    }

    private static Given given(Given given, Random random, Instant now) {
        Duration[] ages = {
            Duration.ZERO, Duration.ofHours(5), Duration.ofDays(1), Duration.ofDays(9), Duration.ofDays(200)
        };
        if (random.nextInt(4) > 0) {
            given.answered(now.minus(ages[random.nextInt(ages.length)]));
        }
        if (Catalog.function(given.series.function()).isMarketData() && random.nextInt(4) > 0) {
            Instant last = now.minus(ages[random.nextInt(ages.length)]);
            given.bars(last.minus(Duration.ofDays(random.nextInt(2000))), last);
        }
        if (random.nextInt(4) == 0) {
            given.failed(1 + random.nextInt(12), now.minus(ages[random.nextInt(ages.length)]));
        }
        if (random.nextInt(3) == 0) {
            given.from(LocalDate.of(1998 + random.nextInt(28), 1 + random.nextInt(12), 5)
                    .toString());
        }
        if (random.nextInt(4) == 0) {
            given.backfilled("2008-03", "20" + (10 + random.nextInt(15)) + "-07");
        }
        if (random.nextInt(5) == 0) {
            given.every(Duration.ofMinutes(1 + random.nextInt(20_000)));
        }
        if (random.nextInt(6) == 0) {
            given.owed();
        }
        if (random.nextInt(6) == 0) {
            given.fullRefused();
        }
        if (random.nextInt(8) == 0) {
            given.parked("unknown symbol");
        }
        return given.priority(random.nextInt(3) - 1);
    }
}
