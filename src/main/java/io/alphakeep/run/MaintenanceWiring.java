package io.alphakeep.run;

import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Transactions;
import io.alphakeep.ledger.Pruning;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.Guard;
import io.alphakeep.maintain.MaintenanceLine;
import io.alphakeep.maintain.MaintenanceLog;
import io.alphakeep.maintain.Outside;
import io.alphakeep.maintain.Part;
import io.alphakeep.maintain.Step;
import io.alphakeep.maintain.StepResult;
import io.alphakeep.maintain.archive.Archive;
import io.alphakeep.maintain.archive.ArchivePolicy;
import io.alphakeep.maintain.index.IndexPolicy;
import io.alphakeep.maintain.index.Indexes;
import io.alphakeep.maintain.partition.AheadPart;
import io.alphakeep.maintain.policy.Policies;
import io.alphakeep.maintain.statistics.StatisticsPart;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** What a pass of maintenance is made of, by the settings and the policies. */
final class MaintenanceWiring {

    private static final Logger LOG = Logger.getLogger(MaintenanceWiring.class);

    private static final String BARS = "alpha_market_data";

    private static final String OWNER = """
            SELECT pg_get_userbyid(relowner) AS owner, pg_has_role(relowner, 'USAGE') AS ours, current_user AS me
            FROM pg_class WHERE oid = to_regclass(?)
            """;

    private final AlphakeepConfig config;
    private final Transactions transactions;
    private final Policies policies;
    private final Brake brake;
    private final Clock clock;

    MaintenanceWiring(AlphakeepConfig config, Transactions transactions, Policies policies, Brake brake, Clock clock) {
        this.config = config;
        this.transactions = transactions;
        this.policies = policies;
        this.brake = brake;
        this.clock = clock;
    }

    /** Does what is due, unless somebody else is at it. */
    MaintainReport execute(MaintainRequest request) {
        Instant startedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Part<?>> parts = parts(request);
        Maintenance.Bounds bounds =
                new Maintenance.Bounds(request.timeout().map(startedAt::plus), stepTimeout(), requireOwner());
        MaintenanceLog log = new MaintenanceLog(transactions);
        AtomicReference<MaintainReport> report = new AtomicReference<>();
        String holder = new Guard(transactions).during(held -> {
            Maintenance pass = new Maintenance(parts, line -> log.write(List.of(line)), bounds, brake, held, clock);
            report.set(pass.execute());
            writeDown(request, report.get(), log);
        });
        return holder.isEmpty() ? report.get() : MaintenanceEnd.busy(holder, startedAt, clock.instant());
    }

    /** So that a pass that found nothing due can be told from one that never was. */
    private static void writeDown(MaintainRequest request, MaintainReport report, MaintenanceLog log) {
        StepResult result = switch (report.outcome()) {
            case DONE, NOTHING -> StepResult.done(report.summary());
            case POSTPONED, STOPPED -> StepResult.postponed(report.summary());
            case PARTIAL, FAILED -> StepResult.failed(report.summary());
        };
        String target = request.parts().isEmpty() ? "all" : String.join(",", request.parts());
        try {
            log.write(List.of(new MaintenanceLine("pass", target, report.startedAt(), report.finishedAt(), result)));
        } catch (DatabaseException e) {
            LOG.warnf("the pass could not be written down: %s", e.getMessage());
        }
    }

    /** What is due now; changes nothing and takes no lock. */
    List<PlannedStep> plan(MaintainRequest request) {
        return parts(request).stream().flatMap(MaintenanceWiring::planned).toList();
    }

    private static <S extends Step> Stream<PlannedStep> planned(Part<S> part) {
        return part.plan().stream()
                .map(step -> new PlannedStep(part.name(), step.action(), step.target(), step.why(), step.sql()));
    }

    /** In the order of {@link MaintainRequest#PARTS}. */
    private List<Part<?>> parts(MaintainRequest request) {
        List<Part<?>> parts = new ArrayList<>();
        Transactions patient = transactions
                .withStatementTimeout(stepTimeout())
                .withLockTimeout(Duration.ofMillis(config.partition().lockTimeoutMillis()));
        Outside outside = new Outside(patient, brake, patient.lockTimeout());
        parts.add(new AheadPart(
                transactions, BARS, policies.monthsAhead(), Wiring.partitionLimits(config, policies), brake, clock));
        parts.add(new Indexes(transactions, outside, BARS, indexes(), clock));
        parts.add(new Archive(patient, outside, brake, BARS, archivePolicy(), clock));
        parts.add(new StatisticsPart(transactions, outside, clock));
        parts.add(new LedgerPart(new Pruning(transactions), policies.ledgerKeepDays(), brake, clock));
        return parts.stream().filter(part -> request.includes(part.name())).toList();
    }

    private List<IndexPolicy> indexes() {
        return policies.indexes().entrySet().stream()
                .map(index -> IndexPolicy.parse(index.getKey(), index.getValue()))
                .toList();
    }

    private ArchivePolicy archivePolicy() {
        return new ArchivePolicy(
                ArchivePolicy.Mode.valueOf(policies.archiveMode().toUpperCase(Locale.ROOT)),
                policies.archiveAfterMonths(),
                policies.retentionAfterMonths(),
                policies.retentionGraceDays());
    }

    private Duration stepTimeout() {
        return Duration.ofSeconds(config.maintain().stepTimeoutSeconds());
    }

    /**
     * @return the role that owns the tables
     * @throws Failure 78 when the connected role may not alter them
     */
    private String requireOwner() {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(OWNER)) {
                statement.setString(1, BARS);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    if (!row.getBoolean("ours")) {
                        throw new Failure(
                                Failure.Kind.CONFIGURATION,
                                "the role " + row.getString("me") + " may not alter the tables of schema "
                                        + transactions.schema(),
                                "run maintain as their owner (role " + row.getString("owner")
                                        + "), or grant that role to it");
                    }
                    return row.getString("owner");
                }
            }
        });
    }
}
