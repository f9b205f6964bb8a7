package io.alphakeep.run;

import io.alphakeep.budget.Budget;
import io.alphakeep.budget.Limits;
import io.alphakeep.budget.Usage;
import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Schema;
import io.alphakeep.db.Transactions;
import io.alphakeep.fetch.ApiClient;
import io.alphakeep.ledger.Leases;
import io.alphakeep.ledger.Parking;
import io.alphakeep.ledger.Rejects;
import io.alphakeep.ledger.Requests;
import io.alphakeep.ledger.Runs;
import io.alphakeep.ledger.Status;
import io.alphakeep.ledger.WatchList;
import io.alphakeep.ledger.Watermarks;
import io.alphakeep.maintain.partition.PartitionLimits;
import io.alphakeep.maintain.partition.Partitions;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import io.alphakeep.plan.Plan;
import io.alphakeep.plan.PlanOptions;
import io.alphakeep.plan.Planner;
import io.alphakeep.write.BarWriter;
import io.alphakeep.write.DocumentWriter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/** The core that every door opens to: what is wired to what, and the runs themselves. */
@ApplicationScoped
public class Engine {

    private static final Logger LOG = Logger.getLogger(Engine.class);

    private final AlphakeepConfig config;
    private final Transactions transactions;
    private final Schema schema;
    private final Clock clock = Clock.systemUTC();
    private final AtomicReference<RunControl> running = new AtomicReference<>();
    private volatile boolean stopped;
    private volatile Place place = new Place("", "");
    private volatile String version = "";

    @Inject
    Engine(AlphakeepConfig config, Instance<DataSource> dataSource, Instance<Flyway> flyway) {
        this.config = config;
        this.transactions = new Transactions(
                dataSource.get(),
                config.schema(),
                Duration.ofMillis(config.database().lockTimeoutMillis()),
                Duration.ofSeconds(config.database().statementTimeoutSeconds()));
        this.schema = new Schema(flyway.get(), transactions);
    }

    public Clock clock() {
        return clock;
    }

    public Schema schema() {
        return schema;
    }

    public WatchList watchList() {
        return new WatchList(transactions);
    }

    public Watermarks watermarks() {
        return new Watermarks(transactions);
    }

    public Parking parking() {
        return new Parking(transactions);
    }

    public Status status() {
        return new Status(transactions);
    }

    public Place place() {
        return place;
    }

    /** Where the data is, as the door that started the program knows it. */
    public void place(Place known) {
        place = known;
    }

    public void version(String known) {
        version = known;
    }

    /** Nothing was ever kept here. */
    public boolean isUntouched() {
        return watchList().list().isEmpty() && new Runs(transactions).recent(1).isEmpty();
    }

    /** What a run would ask now. */
    public Plan plan(RunRequest request) {
        ready();
        List<WatchEntry> entries = Selection.of(watchList().list(), request);
        return plan(request, entries, watermarks().load(series(entries)));
    }

    /** Runs to the end, or until the allowance, the time, or a signal ends it. */
    public RunReport ingest(RunRequest request, RunListener listener) {
        ApiAccess access = ApiAccess.of(config, version);
        ready();
        Instant startedAt = now();
        RunControl control = new RunControl(clock, request.timeout().map(startedAt::plus));
        running.set(control);
        if (stopped) {
            control.end(new RunControl.End.Stop());
        }
        List<WatchEntry> entries = Selection.of(watchList().list(), request);
        long run = new Runs(transactions)
                .open(startedAt, request.door(), host(), ProcessHandle.current().pid(), version);
        Tally tally = new Tally();
        try {
            work(run, request, entries, access, control, tally, listener);
        } catch (DatabaseException e) {
            // Nothing can be written now; a line that stays open is told as a killed run, which is what it comes to.
            throw e;
        } catch (RuntimeException e) {
            LOG.error("the run broke off", e);
            control.end(new RunControl.End.Fatal(
                    Failure.Kind.UNEXPECTED, new Problem("", "unexpected", "the run broke off: " + e, "")));
        }
        new Leases(transactions).releaseAll(run);
        return closed(run, startedAt, access, control, tally);
    }

    private RunReport closed(long run, Instant startedAt, ApiAccess access, RunControl control, Tally tally) {
        RunReport report = report(run, startedAt, access, control, tally);
        new Runs(transactions)
                .close(
                        run,
                        report.finishedAt(),
                        report.outcome().word(),
                        LedgerCounts.of(report.requests()),
                        LedgerCounts.of(report.rows()),
                        ReportJson.of(report));
        return report;
    }

    /** Lets a run come to its next commit and no further; returns at once. */
    public void stop() {
        stopped = true;
        RunControl control = running.get();
        if (control != null) {
            control.end(new RunControl.End.Stop());
        }
    }

    private void ready() {
        if ("auto".equals(config.migrate())) {
            schema.migrate(false);
        } else {
            schema.requireCurrent();
        }
    }

    private void work(
            long run,
            RunRequest request,
            List<WatchEntry> entries,
            ApiAccess access,
            RunControl control,
            Tally tally,
            RunListener listener) {
        Watermarks watermarks = watermarks();
        Map<Series, Watermark> marks = watermarks.load(series(entries));
        Plan plan = plan(request, entries, marks);
        AlphakeepConfig.Run settings = config.run();
        boolean csv = "csv".equals(config.fetch().format());
        boolean fullRaw = "full".equals(config.store().raw());
        Leases leases = new Leases(transactions);
        Duration lease = Duration.ofSeconds(settings.leaseSeconds());
        PartitionLimits bounds = new PartitionLimits(
                config.archive().afterMonths(),
                Duration.ofMillis(config.partition().lockTimeoutMillis()),
                PartitionLimits.DEFAULTS.tries(),
                PartitionLimits.DEFAULTS.retryDelay());
        Partitions partitions = new Partitions(transactions, "alpha_market_data", bounds, clock);
        try (ApiClient api = new ApiClient(access.options());
                LeaseKeeper keeper = new LeaseKeeper(leases, new Runs(transactions), run, lease)) {
            Asker asker = new Asker(
                    clock,
                    api,
                    new Budget(transactions),
                    access.fingerprint(),
                    access.limits(),
                    csv,
                    Asker.Repeats.of(settings.attempts()),
                    control,
                    tally,
                    listener);
            Store store = new Store(
                    run,
                    fullRaw,
                    transactions,
                    partitions,
                    new BarWriter(),
                    new DocumentWriter(),
                    new Requests(),
                    new Rejects(),
                    watermarks);
            SeriesStep step = new SeriesStep(
                    run,
                    schema.isDemo(),
                    csv,
                    settings.unreachableLimit(),
                    lease,
                    marks,
                    asker,
                    store,
                    leases,
                    keeper,
                    new Refusals(new Parking(transactions), store, tally),
                    control,
                    tally);
            new IngestRun(run, plan, settings.workers(), control, step, tally, listener).execute();
        }
    }

    private Plan plan(RunRequest request, List<WatchEntry> entries, Map<Series, Watermark> marks) {
        PlanOptions options = new PlanOptions(
                request.refresh(),
                request.since(),
                request.maxRequests(),
                ApiAccess.isCompactOnly(config),
                !request.only().isEmpty());
        return Planner.plan(entries, marks, options, clock.instant());
    }

    private RunReport report(long run, Instant startedAt, ApiAccess access, RunControl control, Tally tally) {
        Verdict verdict = Verdict.of(control.reason(), tally.answers(), tally.isClean());
        control.reason()
                .filter(RunControl.End.Fatal.class::isInstance)
                .map(RunControl.End.Fatal.class::cast)
                .ifPresent(fatal -> tally.problem(fatal.problem()));
        Limits limits = access.limits();
        Usage usage = new Budget(transactions).usage(access.fingerprint(), limits);
        return new RunReport(
                run,
                verdict.outcome(),
                verdict.exitCode(),
                startedAt,
                now(),
                tally.requests(),
                tally.rows(),
                tally.functions(),
                new RunReport.Allowance(
                        limits.perDay(),
                        usage.usedToday(),
                        limits.perDay() == 0 ? -1 : Math.max(0, limits.perDay() - usage.usedToday()),
                        limits.perMinute(),
                        limits.perSecond()),
                tally.problems(),
                tally.moreProblems(),
                schema.isDemo());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static List<Series> series(List<WatchEntry> entries) {
        return entries.stream().map(WatchEntry::series).toList();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
