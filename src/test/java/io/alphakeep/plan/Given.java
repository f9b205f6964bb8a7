package io.alphakeep.plan;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.market.Gap;
import io.alphakeep.market.Holes;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One line of a watchlist and how far it is kept, told piece by piece. */
final class Given {

    final Series series;
    private LocalDate from;
    private int priority;
    private Duration every;
    private Instant first;
    private Instant last;
    private Instant answered;
    private Instant attempted;
    private int failures;
    private String parked;
    private boolean owed;
    private boolean fullRefused;
    private LocalDate backfillFrom;
    private LocalDate backfillThrough;
    private Instant added;
    private Holes holes = Holes.UNKNOWN;

    private Given(Series series) {
        this.series = series;
    }

    static Given series(String symbol, String functionText) {
        return new Given(Catalog.series(symbol, functionText));
    }

    static Given series(Series series) {
        return new Given(series);
    }

    Given from(String date) {
        from = LocalDate.parse(date);
        return this;
    }

    Given priority(int number) {
        priority = number;
        return this;
    }

    Given every(Duration duration) {
        every = duration;
        return this;
    }

    /** Newest bar: a date, or an instant for intraday ones; the oldest is of 2000. */
    Given last(String text) {
        return bars(Instant.parse("2000-01-03T00:00:00Z"), instant(text));
    }

    Given bars(Instant oldest, Instant newest) {
        first = oldest;
        last = newest;
        return this;
    }

    Given answered(String instant) {
        return answered(Instant.parse(instant));
    }

    Given answered(Instant instant) {
        answered = instant;
        attempted = attempted == null || attempted.isBefore(instant) ? instant : attempted;
        return this;
    }

    Given failed(int times, Instant lastAttempt) {
        failures = times;
        attempted = lastAttempt;
        return this;
    }

    Given parked(String reason) {
        parked = reason;
        return this;
    }

    Given owed() {
        owed = true;
        return this;
    }

    Given fullRefused() {
        fullRefused = true;
        return this;
    }

    Given backfilled(String fromMonth, String throughMonth) {
        backfillFrom = LocalDate.parse(fromMonth + "-01");
        backfillThrough = LocalDate.parse(throughMonth + "-01");
        return this;
    }

    Given added(Instant instant) {
        added = instant;
        return this;
    }

    Given holes(Holes known) {
        holes = known;
        return this;
    }

    Given gap(String first, String last, int sessions) {
        return holes(new Holes(
                null,
                Instant.EPOCH,
                null,
                Instant.EPOCH,
                null,
                Optional.of(new Gap(LocalDate.parse(first), LocalDate.parse(last), sessions))));
    }

    WatchEntry entry() {
        return new WatchEntry(
                series, Optional.ofNullable(from), priority, Optional.ofNullable(every), Optional.ofNullable(added));
    }

    Watermark mark() {
        return new Watermark(
                series,
                first,
                last,
                answered,
                attempted,
                failures,
                parked,
                owed,
                fullRefused,
                backfillFrom,
                backfillThrough,
                holes);
    }

    Plan plan(PlanOptions options, String now) {
        return Planner.plan(List.of(entry()), Map.of(series, mark()), options, Instant.parse(now));
    }

    Plan plan(String now) {
        return plan(PlanOptions.ordinary(), now);
    }

    /** The one request of the plan, in words: size, and why. */
    String asked(PlanOptions options, String now) {
        Plan plan = plan(options, now);
        if (plan.requests().size() != 1 || !plan.omissions().isEmpty()) {
            throw new AssertionError("one request was expected: " + plan);
        }
        PlannedRequest request = plan.requests().get(0);
        return request.size() + " " + request.reason();
    }

    String asked(String now) {
        return asked(PlanOptions.ordinary(), now);
    }

    /** Why the plan asks nothing. */
    Omission omitted(PlanOptions options, String now) {
        Plan plan = plan(options, now);
        if (!plan.isEmpty() || plan.omissions().size() != 1) {
            throw new AssertionError("one omission was expected: " + plan);
        }
        return plan.omissions().get(0);
    }

    Omission omitted(String now) {
        return omitted(PlanOptions.ordinary(), now);
    }

    static Instant instant(String text) {
        return text.contains("T")
                ? Instant.parse(text)
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
