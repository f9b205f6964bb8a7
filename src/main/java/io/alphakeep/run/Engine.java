package io.alphakeep.run;

import io.alphakeep.budget.Budget;
import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Schema;
import io.alphakeep.db.Transactions;
import io.alphakeep.ledger.Leases;
import io.alphakeep.ledger.Parking;
import io.alphakeep.ledger.Runs;
import io.alphakeep.ledger.Status;
import io.alphakeep.ledger.WatchList;
import io.alphakeep.ledger.Watermarks;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.partition.PartitionLimits;
import io.alphakeep.maintain.policy.Policies;
import io.alphakeep.market.Series;
import io.alphakeep.market.WatchEntry;
import io.alphakeep.market.Watermark;
import io.alphakeep.plan.Plan;
import io.alphakeep.plan.PlanOptions;
import io.alphakeep.plan.Planner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
    private final Brake brake = new Brake();
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

    /** What a run would ask now, with the allowance that is left today. */
    public Plan plan(RunRequest request) {
        ready();
        List<WatchEntry> entries = Selection.of(watchList().list(), request);
        Plan plan = plan(request, entries, watermarks().load(series(entries)));
        return Today.of(config, transactions, clock.instant()).map(plan::within).orElse(plan);
    }

    /** Runs to the end, or until the allowance, the time, or a signal ends it. */
    public RunReport ingest(RunRequest request, RunListener listener) {
        ApiAccess access = ApiAccess.of(config, version);
        ready();
        PartitionLimits limits = Wiring.partitionLimits(config, shelf().effective());
        Instant startedAt = now();
        RunControl control = new RunControl(clock, request.timeout().map(startedAt::plus));
        running.set(control);
        if (stopped) {
            control.end(new RunControl.End.Stop());
        }
        List<WatchEntry> entries = Selection.of(watchList().list(), request);
        boolean demo = schema.isDemo();
        long run = new Runs(transactions)
                .open(startedAt, request.door(), host(), ProcessHandle.current().pid(), version);
        Under under = new Under(run, startedAt, demo, access, control, new Tally());
        try {
            Map<Series, Watermark> marks = watermarks().load(series(entries));
            new Wiring(config, transactions, limits, clock)
                    .execute(under, plan(request, entries, marks), marks, listener);
            new GapLook(transactions, clock)
                    .look(entries, options(request), () -> control.woken() || control.isBroken());
        } catch (DatabaseException e) {
            control.end(new RunControl.End.Fatal(Failure.Kind.UNAVAILABLE, Endings.databaseGone(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("the run broke off", e);
            control.end(new RunControl.End.Fatal(
                    Failure.Kind.UNEXPECTED, new Problem("", "unexpected", "the run broke off: " + e, "")));
        }
        return close(under);
    }

    /** What was committed is told also when the database is gone by now; then the line stays open, as a killed run's. */
    private RunReport close(Under under) {
        int used = 0;
        try {
            new Leases(transactions).releaseAll(under.run());
            used = new Budget(transactions)
                    .usage(under.access().fingerprint(), under.access().limits())
                    .usedToday();
        } catch (DatabaseException e) {
            under.control()
                    .end(new RunControl.End.Fatal(Failure.Kind.UNAVAILABLE, Endings.databaseGone(e.getMessage())));
        }
        RunReport report = under.report(clock, used);
        try {
            new Runs(transactions)
                    .close(
                            report.run(),
                            report.finishedAt(),
                            report.outcome().word(),
                            LedgerCounts.of(report.requests()),
                            LedgerCounts.of(report.rows()),
                            ReportJson.of(report));
        } catch (DatabaseException e) {
            LOG.warnf("run %d could not be closed in the ledger: %s", report.run(), e.getMessage());
        }
        return report;
    }

    /** Lets a run come to its next commit and no further, and cancels the statement of maintenance; returns at once. */
    public void stop() {
        stopped = true;
        brake.stop();
        RunControl control = running.get();
        if (control != null) {
            control.end(new RunControl.End.Stop());
        }
    }

    /** Does what maintenance is due, unless somebody else is at it. */
    public MaintainReport maintain(MaintainRequest request) {
        ready();
        return maintenance().execute(request);
    }

    /** What maintenance would do now; changes nothing. */
    public List<PlannedStep> maintainPlan(MaintainRequest request) {
        ready();
        return maintenance().plan(request);
    }

    /** What applies, whether it is valid or not. */
    public Policies policies() {
        ready();
        return shelf().effective();
    }

    /** All of them or none; a failure of usage when they are not valid. */
    public void setPolicies(Map<String, String> values) {
        ready();
        shelf().set(values);
    }

    /** Back to the defaults. */
    public void resetPolicies(Collection<String> names) {
        ready();
        shelf().reset(names);
    }

    private PolicyShelf shelf() {
        return new PolicyShelf(config, transactions, clock);
    }

    private MaintenanceWiring maintenance() {
        return new MaintenanceWiring(config, transactions, shelf().effective().required(), brake, clock);
    }

    private void ready() {
        if ("auto".equals(config.migrate())) {
            schema.migrate(false);
        } else {
            schema.requireCurrent();
        }
    }

    private Plan plan(RunRequest request, List<WatchEntry> entries, Map<Series, Watermark> marks) {
        return Planner.plan(entries, marks, options(request), clock.instant());
    }

    private PlanOptions options(RunRequest request) {
        int perDay = ApiAccess.limits(config).perDay();
        return new PlanOptions(
                request.refresh(),
                request.since(),
                request.maxRequests(),
                ApiAccess.isCompactOnly(config),
                !request.only().isEmpty(),
                perDay == 0 ? OptionalInt.empty() : OptionalInt.of(perDay));
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
