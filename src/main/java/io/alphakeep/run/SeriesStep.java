package io.alphakeep.run;

import io.alphakeep.catalog.Function;
import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.fetch.FetchOutcome;
import io.alphakeep.fetch.RequestParameters;
import io.alphakeep.ledger.Answered;
import io.alphakeep.ledger.LeaseLostException;
import io.alphakeep.ledger.Leases;
import io.alphakeep.market.Series;
import io.alphakeep.market.Watermark;
import io.alphakeep.plan.Plan;
import io.alphakeep.plan.PlannedRequest;
import io.alphakeep.plan.Size;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/** One planned request: lease → ask → store or tell. Used by all workers of a run. */
final class SeriesStep {

    private static final Logger LOG = Logger.getLogger(SeriesStep.class);

    /** Words for what was committed, with the lease given back in the same transaction. */
    private static final String OK = "ok";

    private static final String EMPTY = "empty";

    static final String SKIPPED = "skipped";

    /** Not for the progress line: another run has the series now. */
    static final String HELD = "held";

    private final long run;
    private final boolean demo;
    private final boolean csv;
    private final int unreachableLimit;
    private final Duration lease;
    private final Map<Series, Watermark> marks;
    private final Asker asker;
    private final Store store;
    private final Leases leases;
    private final LeaseKeeper keeper;
    private final RunControl control;
    private final Tally tally;
    private final Refusals refusals;
    private final Map<Series, ReentrantLock> oneAtATime = new ConcurrentHashMap<>();
    private final AtomicInteger outagesInARow = new AtomicInteger();
    private final AtomicInteger blockedInARow = new AtomicInteger();
    private final AtomicInteger unreached = new AtomicInteger();
    private volatile String lastOutage = "";

    SeriesStep(
            long run,
            boolean demo,
            boolean csv,
            int unreachableLimit,
            Duration lease,
            Map<Series, Watermark> marks,
            Asker asker,
            Store store,
            Leases leases,
            LeaseKeeper keeper,
            Refusals refusals,
            RunControl control,
            Tally tally) {
        this.run = run;
        this.demo = demo;
        this.csv = csv;
        this.unreachableLimit = unreachableLimit;
        this.lease = lease;
        this.marks = new ConcurrentHashMap<>(marks);
        this.asker = asker;
        this.store = store;
        this.leases = leases;
        this.keeper = keeper;
        this.refusals = refusals;
        this.control = control;
        this.tally = tally;
    }

    /** @return a word for the progress line, or {@link #HELD} */
    String run(PlannedRequest request) {
        Series series = request.series();
        // A backfill plans several months of one series; they follow each other.
        ReentrantLock lock = oneAtATime.computeIfAbsent(series, s -> new ReentrantLock());
        lock.lock();
        try {
            if (refusals.isRefused(series)) {
                return SKIPPED;
            }
            Watermark seen = marks.getOrDefault(series, Watermark.none(series));
            if (!follows(request, seen)) {
                return SKIPPED;
            }
            Leases.Claim claim = leases.lease(series, run, lease, seen.lastAttemptAt());
            if (claim != Leases.Claim.OURS) {
                return claim == Leases.Claim.HELD ? HELD : SKIPPED;
            }
            keeper.hold(series);
            boolean givenBack = false;
            try {
                String word = ask(request, seen, request.size() == Size.FULL, seen.fullRefused());
                blockedInARow.set(0);
                givenBack = word.equals(OK) || word.equals(EMPTY);
                return word;
            } catch (LeaseLostException e) {
                // It took longer than the lease and another run asked in the meantime: that one's answer counts.
                return SKIPPED;
            } finally {
                keeper.letGo(series);
                if (!givenBack) {
                    release(series);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** What was committed stays committed: a lease that can't be given back now runs out by itself. */
    private void release(Series series) {
        try {
            leases.release(series, run);
        } catch (DatabaseException e) {
            LOG.debugf(e, "the lease of %s was not given back", series);
        }
    }

    /** A month counts only behind the one before it: what was skipped or failed in between would never be asked. */
    private static boolean follows(PlannedRequest request, Watermark seen) {
        if (request.backfilled().isEmpty()) {
            return true;
        }
        YearMonth month = request.month().orElseThrow();
        YearMonth from = request.backfilled().orElseThrow().from();
        return from.equals(month)
                || (seen.backfillFrom() != null
                        && YearMonth.from(seen.backfillFrom()).equals(from)
                        && !YearMonth.from(seen.backfillThrough()).isBefore(month.minusMonths(1)));
    }

    private String ask(PlannedRequest request, Watermark seen, boolean full, boolean fullRefused) {
        Series series = request.series();
        Function function = request.function();
        Map<String, String> parameters =
                RequestParameters.of(series, function, full, request.month(), csv && function.csv());
        Asker.Asked asked = asker.ask(series, function, parameters);
        if (asked == null) {
            return "postponed";
        }
        if (asker.isOfTheOtherKind(asked.answer())) {
            control.end(new RunControl.End.Fatal(Failure.Kind.CONFIGURATION, Endings.otherKind(demo)));
            return "refused";
        }
        FetchOutcome outcome = asked.outcome();
        if (!isOutage(outcome)) {
            outagesInARow.set(0);
        }
        Store.Call call = new Store.Call(request, seen, parameters, fullRefused, asked);
        if (outcome instanceof FetchOutcome.Data) {
            Store.Stored stored = store.data(call);
            remember(call, stored.watermark());
            tally.ok(series, stored.rows());
            return OK;
        }
        if (outcome instanceof FetchOutcome.Empty || isMonthWithoutData(request, outcome)) {
            remember(call, store.empty(call).watermark());
            tally.empty();
            return EMPTY;
        }
        if (outcome instanceof FetchOutcome.NotEntitled refused
                && refused.fullOnly()
                && full
                && request.month().isEmpty()) {
            store.noted(call);
            return ask(request, seen, false, true);
        }
        return refused(call, outcome);
    }

    private String refused(Store.Call call, FetchOutcome outcome) {
        if (outcome instanceof FetchOutcome.QuotaExhausted quota) {
            store.noted(call);
            control.end(new RunControl.End.Allowance(quota.text()));
            return "postponed";
        }
        if (outcome instanceof FetchOutcome.KeyRefused key) {
            store.noted(call);
            control.end(new RunControl.End.Fatal(Failure.Kind.CONFIGURATION, Endings.keyRefused(key.text())));
            return "refused";
        }
        if (outcome instanceof FetchOutcome.Throttled
                && control.reason()
                        .filter(RunControl.End.Allowance.class::isInstance)
                        .isPresent()) {
            // The allowance ended while it was to be repeated: nothing is wrong with the series or the plan.
            store.noted(call);
            return "postponed";
        }
        refusals.tell(call, outcome);
        if (isOutage(outcome)) {
            lastOutage = outcome.text();
            if (!call.asked().answer().reached()) {
                unreached.incrementAndGet();
            }
            if (outagesInARow.incrementAndGet() >= unreachableLimit) {
                control.end(new RunControl.End.Fatal(
                        Failure.Kind.UNAVAILABLE, Endings.unavailable(unreachableLimit, lastOutage)));
            }
        }
        if (outcome instanceof FetchOutcome.Throttled throttled) {
            // Every repeat was refused although each was paced: going on would only annoy.
            control.end(new RunControl.End.Allowance(throttled.text()));
        }
        return outcome.kind();
    }

    private static boolean isMonthWithoutData(PlannedRequest request, FetchOutcome outcome) {
        return request.month().isPresent() && outcome instanceof FetchOutcome.SymbolRefused;
    }

    /** Before the first request. */
    void prepare(Plan plan) {
        store.prepare(plan);
    }

    /** Something broke that no rule foresaw: it counts as a failure, so that it is not asked again in every run. */
    void broke(PlannedRequest request) {
        store.broke(request.series());
    }

    /** Another transaction did not give way. Where it is so for all, going on would waste requests. */
    void blocked(DatabaseException e) {
        if (blockedInARow.incrementAndGet() >= unreachableLimit) {
            control.end(new RunControl.End.Fatal(Failure.Kind.UNAVAILABLE, Endings.blocked(unreachableLimit, e)));
        }
    }

    /** Once every request is over: when none of them reached a server, however few they were, the API is not available. */
    void settle() {
        int unreached = this.unreached.get();
        if (control.reason().isEmpty()
                && unreached > 0
                && tally.requests().failed() == unreached
                && tally.answers() == 0) {
            control.end(new RunControl.End.Fatal(Failure.Kind.UNAVAILABLE, Endings.unavailable(unreached, lastOutage)));
        }
    }

    private static boolean isOutage(FetchOutcome outcome) {
        return outcome instanceof FetchOutcome.Broken broken && broken.fault().isOutage();
    }

    /** The next month of the same series must know what this request left, or it would write it back as it was before. */
    private void remember(Store.Call call, Answered left) {
        Watermark seen = call.seen();
        if (call.request()
                .backfilled()
                .filter(span -> !span.through().atDay(1).equals(left.backfillThrough()))
                .isPresent()) {
            // It does not count as asked: the later months' leases are refused by what was seen, and so wait for it.
            return;
        }
        marks.put(
                call.series(),
                new Watermark(
                        call.series(),
                        seen.firstTimestamp(),
                        newer(seen.lastTimestamp(), left.last()),
                        left.answerAt() == null ? seen.lastAnswerAt() : left.answerAt(),
                        left.attemptAt(),
                        0,
                        null,
                        left.refreshOwed(),
                        left.fullRefused(),
                        left.backfillFrom(),
                        left.backfillThrough(),
                        left.holes()));
    }

    private static Instant newer(Instant a, Instant b) {
        return b == null || (a != null && a.isAfter(b)) ? a : b;
    }
}
