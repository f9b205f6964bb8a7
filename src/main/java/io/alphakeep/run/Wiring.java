package io.alphakeep.run;

import io.alphakeep.budget.Budget;
import io.alphakeep.config.AlphakeepConfig;
import io.alphakeep.db.Transactions;
import io.alphakeep.fetch.ApiClient;
import io.alphakeep.fetch.Redaction;
import io.alphakeep.ledger.Leases;
import io.alphakeep.ledger.Parking;
import io.alphakeep.ledger.Rejects;
import io.alphakeep.ledger.Requests;
import io.alphakeep.ledger.Runs;
import io.alphakeep.ledger.Watermarks;
import io.alphakeep.maintain.partition.PartitionLimits;
import io.alphakeep.maintain.partition.Partitions;
import io.alphakeep.maintain.policy.Policies;
import io.alphakeep.market.Series;
import io.alphakeep.market.Watermark;
import io.alphakeep.plan.Plan;
import io.alphakeep.write.BarWriter;
import io.alphakeep.write.DocumentWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** What a run is made of, by the settings. */
final class Wiring {

    private final AlphakeepConfig config;
    private final Transactions transactions;
    private final PartitionLimits limits;
    private final Clock clock;

    Wiring(AlphakeepConfig config, Transactions transactions, PartitionLimits limits, Clock clock) {
        this.config = config;
        this.transactions = transactions;
        this.limits = limits;
        this.clock = clock;
    }

    /** Runs the plan to its end, or until the run ends early. */
    void execute(Under under, Plan plan, Map<Series, Watermark> marks, RunListener listener) {
        AlphakeepConfig.Run settings = config.run();
        boolean csv = "csv".equals(config.fetch().format());
        Duration lease = Duration.ofSeconds(settings.leaseSeconds());
        Leases leases = new Leases(transactions);
        try (ApiClient api = new ApiClient(under.access().options());
                LeaseKeeper keeper = new LeaseKeeper(leases, new Runs(transactions), under.run(), lease);
                Sender sender = new Sender(
                        api, new Budget(transactions), under.access(), under.control(), under.tally(), listener)) {
            api.prepare(Math.min(settings.workers(), plan.requests().size()));
            Asker asker = new Asker(
                    clock,
                    sender,
                    new Redaction(under.access().options().key()),
                    under.demo(),
                    csv,
                    Asker.Repeats.of(settings.attempts()),
                    under.control(),
                    under.tally());
            Store store = store(under.run());
            SeriesStep step = new SeriesStep(
                    under.run(),
                    under.demo(),
                    csv,
                    settings.unreachableLimit(),
                    lease,
                    marks,
                    asker,
                    store,
                    leases,
                    keeper,
                    new Refusals(new Parking(transactions), store, under.tally()),
                    under.control(),
                    under.tally());
            new IngestRun(
                            under.run(),
                            plan,
                            settings.workers(),
                            clock,
                            under.control(),
                            step,
                            under.tally(),
                            listener,
                            leases,
                            Thread::new)
                    .execute();
        }
    }

    /** @throws io.alphakeep.config.Failure 78 when the stored policy is not valid */
    static PartitionLimits partitionLimits(AlphakeepConfig config, Policies policies) {
        return new PartitionLimits(
                policies.archiveAfterMonths(),
                Duration.ofMillis(config.partition().lockTimeoutMillis()),
                PartitionLimits.DEFAULTS.tries(),
                PartitionLimits.DEFAULTS.retryDelay());
    }

    private Store store(long run) {
        return new Store(
                run,
                "full".equals(config.store().raw()),
                clock,
                transactions,
                new Partitions(transactions, "alpha_market_data", limits, clock),
                new BarWriter(),
                new DocumentWriter(),
                new Requests(),
                new Rejects(),
                new Watermarks(transactions));
    }
}
