package io.alphakeep.run;

import io.alphakeep.budget.AllowanceDay;
import io.alphakeep.budget.Budget;
import io.alphakeep.budget.Limits;
import io.alphakeep.catalog.Catalog;
import io.alphakeep.db.Transactions;
import io.alphakeep.fetch.Api;
import io.alphakeep.fetch.ApiOptions;
import io.alphakeep.fetch.Redaction;
import io.alphakeep.ledger.Leases;
import io.alphakeep.ledger.Parking;
import io.alphakeep.ledger.Rejects;
import io.alphakeep.ledger.Requests;
import io.alphakeep.ledger.Runs;
import io.alphakeep.ledger.Watermarks;
import io.alphakeep.maintain.partition.PartitionLimits;
import io.alphakeep.maintain.partition.Partitions;
import io.alphakeep.market.Interval;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import io.alphakeep.plan.MonthSpan;
import io.alphakeep.plan.Plan;
import io.alphakeep.plan.PlanOptions;
import io.alphakeep.plan.PlannedRequest;
import io.alphakeep.plan.Planner;
import io.alphakeep.plan.Size;
import io.alphakeep.testkit.TestDatabase;
import io.alphakeep.write.BarWriter;
import io.alphakeep.write.DocumentWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A run wired by hand as {@link Engine} does it, on a test's database and with whatever stands for the API. */
final class RunKit {

    static final Instant NOW = Instant.parse("2024-11-08T22:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(30);
    static final String KEY = "CANARY7KEY9";

    /** No test runs in a day's first or last minutes, whenever it runs. */
    static final String DAY_BEGINS =
            LocalTime.now(ZoneOffset.UTC).minusHours(9).toString().substring(0, 5);

    private static final AtomicInteger KEYS = new AtomicInteger();

    /** What a run left; {@code problems} as its report has them. */
    record Finished(long run, Outcome outcome, int exitCode, Tally tally, List<Problem> problems) {}

    private final Transactions transactions;
    /** A key of its own, so that no other test's pause or closed day is seen. */
    String key = "test-" + KEYS.incrementAndGet();

    volatile Instant now = NOW;
    boolean demo;
    int attempts = 3;
    int unreachableLimit = 100;
    int workers = 1;
    Limits limits = limits(OptionalInt.empty());
    Optional<Instant> deadline = Optional.empty();
    RunListener listener = RunListener.SILENT;
    ThreadFactory threads = Thread::new;
    /** Hears of the run's control before the run begins. */
    Consumer<RunControl> started = control -> {};

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    RunKit(TestDatabase database) {
        this(database.transactions());
    }

    RunKit(Transactions transactions) {
        this.transactions = transactions;
    }

    RunKit(TestDatabase database, Duration lockTimeout) {
        this.transactions = database.transactions().withLockTimeout(lockTimeout);
    }

    /** Releases nothing at its end: what a run's own steps leave behind is to be seen. */
    Finished run(Api api, PlannedRequest... requests) {
        RunControl control = new RunControl(clock, deadline);
        started.accept(control);
        Runs runs = new Runs(transactions);
        Leases leases = new Leases(transactions);
        Watermarks watermarks = new Watermarks(transactions);
        Tally tally = new Tally();
        long run = runs.open(now, "command", "test", 1, "test");
        Map<Series, Watermark> marks = watermarks.load(
                Arrays.stream(requests).map(PlannedRequest::series).toList());
        Partitions partitions = new Partitions(
                transactions,
                "alpha_market_data",
                new PartitionLimits(24, Duration.ofMillis(100), 1, Duration.ofMillis(1)),
                clock);
        Store store = new Store(
                run,
                false,
                clock,
                transactions,
                partitions,
                new BarWriter(),
                new DocumentWriter(),
                new Requests(),
                new Rejects(),
                watermarks);
        try (LeaseKeeper keeper = new LeaseKeeper(leases, runs, run, LEASE);
                Sender sender = new Sender(api, new Budget(transactions), access(), control, tally, listener)) {
            SeriesStep step = new SeriesStep(
                    run,
                    demo,
                    false,
                    unreachableLimit,
                    LEASE,
                    marks,
                    asker(sender, control, tally),
                    store,
                    leases,
                    keeper,
                    new Refusals(new Parking(transactions), store, tally),
                    control,
                    tally);
            new IngestRun(
                            run,
                            new Plan(List.of(requests), List.of()),
                            workers,
                            clock,
                            control,
                            step,
                            tally,
                            listener,
                            leases,
                            threads)
                    .execute();
        }
        Verdict verdict = Verdict.of(control.reason(), tally.answers(), tally.isClean());
        control.reason().ifPresent(reason -> {
            if (reason instanceof RunControl.End.Fatal fatal) {
                tally.fatal(Endings.withWhatIsLeft(fatal.problem(), tally.requests()));
            }
        });
        return new Finished(run, verdict.outcome(), verdict.exitCode(), tally, tally.problems());
    }

    private Asker asker(Sender sender, RunControl control, Tally tally) {
        return new Asker(
                clock,
                sender,
                new Redaction(KEY),
                demo,
                false,
                new Asker.Repeats(attempts, Duration.ofMillis(1), Duration.ofMillis(4)),
                control,
                tally);
    }

    private ApiAccess access() {
        return new ApiAccess(ApiOptions.of(URI.create("http://127.0.0.1/query"), KEY), key, limits);
    }

    /** No limit but, where one is given, of a day. */
    static Limits limits(OptionalInt perDay) {
        return Limits.of(
                "unlimited", OptionalInt.empty(), OptionalInt.empty(), perDay, AllowanceDay.of(DAY_BEGINS), false);
    }

    /** As at the end of a run. */
    void lookForGaps(Series... series) {
        new GapLook(transactions, clock).look(entries(series), PlanOptions.ordinary(), now, () -> false);
    }

    Watermark mark(Series series) {
        return new Watermarks(transactions).load(List.of(series)).get(series);
    }

    /** What an ordinary run would ask at the kit's time. */
    Plan plan(Series... series) {
        return Planner.plan(
                entries(series), new Watermarks(transactions).load(List.of(series)), PlanOptions.ordinary(), now);
    }

    private static List<WatchEntry> entries(Series... series) {
        return Arrays.stream(series)
                .map(s -> new WatchEntry(s, Optional.empty(), 0, Optional.empty()))
                .toList();
    }

    static Series daily(String ticker) {
        return Series.of(ticker, "TIME_SERIES_DAILY");
    }

    static Series intraday(String ticker) {
        return Series.of(ticker, "TIME_SERIES_INTRADAY", Interval.SIXTY_MINUTES);
    }

    static PlannedRequest full(Series series) {
        return request(series, Size.FULL, Optional.empty(), Optional.empty());
    }

    static PlannedRequest compact(Series series) {
        return request(series, Size.COMPACT, Optional.empty(), Optional.empty());
    }

    /** The backfill of a month, begun at {@code from}. */
    static PlannedRequest month(Series series, String from, String month) {
        MonthSpan span = new MonthSpan(YearMonth.parse(from), YearMonth.parse(month));
        return request(series, Size.FULL, Optional.of(YearMonth.parse(month)), Optional.of(span));
    }

    private static PlannedRequest request(
            Series series, Size size, Optional<YearMonth> month, Optional<MonthSpan> span) {
        return new PlannedRequest(series, Catalog.function(series.function()), size, month, span, 0, 1, "for the test");
    }
}
