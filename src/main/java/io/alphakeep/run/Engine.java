package io.alphakeep.run;

import io.alphakeep.budget.Budget;
import io.alphakeep.budget.Usage;
import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.config.Failure;
import io.alphakeep.db.Schema;
import io.alphakeep.db.Transactions;
import io.alphakeep.ledger.NewRun;
import io.alphakeep.ledger.Opening;
import io.alphakeep.ledger.Parking;
import io.alphakeep.ledger.Runs;
import io.alphakeep.ledger.Status;
import io.alphakeep.ledger.WatchList;
import io.alphakeep.ledger.Watermarks;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.policy.Policies;
import io.alphakeep.plan.Plan;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The core that every door opens to: what is wired to what, and the runs themselves. */
@ApplicationScoped
public class Engine {

    private final AlphakeepConfig config;
    private final Transactions transactions;
    private final Schema schema;
    /** For runs: they can wait for a connection, who looks at the state of things wants it now. */
    private final Schema waitingSchema;

    private final Clock clock = Clock.systemUTC();
    private final Brake brake = new Brake();
    private final Ingestion ingestion;
    private final Serving serving = new Serving(this, Thread::new);
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
        this.schema = new Schema(flyway::get, transactions);
        Transactions patient = transactions.patient();
        this.waitingSchema = new Schema(flyway::get, patient);
        this.ingestion = new Ingestion(config, patient, waitingSchema, clock);
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

    public Runs runs() {
        return new Runs(transactions);
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
        return watchList().list().isEmpty() && runs().recent(1).isEmpty();
    }

    /** What a run would ask now, with the allowance that is left today. */
    public Plan plan(RunRequest request) {
        ready();
        return ingestion.plan(request);
    }

    /** Runs to the end, or until the allowance, the time, or a signal ends it. */
    public RunReport ingest(RunRequest request, RunListener listener) {
        return open(request).execute(listener);
    }

    /**
     * Writes the run's line, so that its number is known before it does anything.
     *
     * @throws Failure 75 when the run is to be alone and another one is alive; else what is wrong with the request or the
     *     settings. No line is written then
     */
    public OpenRun open(RunRequest request) {
        ready();
        return ingestion.open(request, version);
    }

    Optional<OpenRun> open(RunRequest request, Function<NewRun, Opening> opener) {
        ready();
        return ingestion.open(request, version, opener);
    }

    /** What is told of the warehouse to those who watch it, read within their limits. */
    public Facts facts(Transactions limits) {
        return new Facts(config, limits, clock);
    }

    /** The program's, as the door that started it knows it. */
    public String version() {
        return version;
    }

    /** What a process does that stays. */
    public Serving serving() {
        return serving;
    }

    /** Lets runs come to their next commit and no further, and cancels the statement of maintenance; returns at once. */
    public void stop() {
        serving.stop();
        brake.stop();
        ingestion.stop();
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

    /** The way to the database, for who looks at it from outside of a run. */
    public Transactions transactions() {
        return transactions;
    }

    /** How the configured key's allowance stands. */
    public Usage usage() {
        ApiAccess access = ApiAccess.of(config, version);
        return new Budget(transactions).usage(access.fingerprint(), access.limits());
    }

    /** Asks the API once, through the allowance; nothing of the answer is stored. */
    public Probe.Result probe() {
        return new Probe(ApiAccess.of(config, version), new Budget(transactions), clock).ask();
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

    void ready() {
        if (!"auto".equals(config.migrate())) {
            waitingSchema.requireCurrent();
        } else if (!waitingSchema.migrate(false).isEmpty()) {
            maintenance().execute(MaintainRequest.MONTHS_AHEAD);
        }
    }
}
