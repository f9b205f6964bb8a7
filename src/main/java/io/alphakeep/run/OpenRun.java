package io.alphakeep.run;

import io.alphakeep.budget.Budget;
import io.alphakeep.budget.Usage;
import io.alphakeep.config.Failure;
import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Transactions;
import io.alphakeep.ledger.Leases;
import io.alphakeep.ledger.Runs;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** A run whose line is written; it is carried out once. */
public final class OpenRun {

    private static final Logger LOG = Logger.getLogger(OpenRun.class);

    private final Under under;
    private final Transactions transactions;
    private final Clock clock;
    private final Consumer<RunListener> work;
    private final Runnable over;

    /**
     * @param work plans and asks; what it throws ends the run
     * @param over called when the run is over, whatever came of it
     */
    OpenRun(Under under, Transactions transactions, Clock clock, Consumer<RunListener> work, Runnable over) {
        this.under = under;
        this.transactions = transactions;
        this.clock = clock;
        this.work = work;
        this.over = over;
    }

    /** Its number in {@code alpha_run}. */
    public long run() {
        return under.run();
    }

    /** Runs to the end, or until the allowance, the time, or a signal ends it. */
    public RunReport execute(RunListener listener) {
        try {
            work.accept(listener);
        } catch (DatabaseException e) {
            under.control().end(Endings.database(e));
        } catch (RuntimeException e) {
            LOG.error("the run broke off", e);
            under.control()
                    .end(new RunControl.End.Fatal(
                            Failure.Kind.UNEXPECTED, new Problem("", "unexpected", "the run broke off: " + e, "")));
        } finally {
            over.run();
        }
        return close();
    }

    /** Closes its line in place of {@link #execute}: it could not be begun. */
    void abandon(String why) {
        under.control().end(new RunControl.End.Fatal(Failure.Kind.UNEXPECTED, new Problem("", "unexpected", why, "")));
        over.run();
        close();
    }

    /** What was committed is told also when the database is gone by now; then the line stays open, as a killed run's. */
    private RunReport close() {
        Optional<Usage> usage = Optional.empty();
        try {
            new Leases(transactions).releaseAll(under.run());
            usage = Optional.of(new Budget(transactions)
                    .usage(under.access().fingerprint(), under.access().limits()));
        } catch (DatabaseException e) {
            under.control().end(Endings.database(e));
        }
        RunReport report = under.report(clock, usage);
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
}
