package io.alphakeep.bench;

import io.alphakeep.config.Settings;
import io.alphakeep.db.Schema;
import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.partition.PartitionLimits;
import io.alphakeep.maintain.partition.Partitions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.flywaydb.core.Flyway;

/**
 * One bench: makes the schema and the tables, measures part by part, and removes all of it, however it ends. {@link #close}
 * may come from another thread in the middle of it.
 */
final class BenchRun implements AutoCloseable {

    private final Settings settings;
    private final BenchOptions options;
    private final Notes notes;
    private final Function<PartName, Part> parts;
    private final Clock clock;
    private Scratch scratch;
    private boolean closed;

    BenchRun(Settings settings, BenchOptions options, Notes notes) {
        this(settings, options, notes, PartName::part, Clock.systemUTC());
    }

    BenchRun(Settings settings, BenchOptions options, Notes notes, Function<PartName, Part> parts, Clock clock) {
        this.settings = settings;
        this.options = options;
        this.notes = notes;
        this.parts = parts;
        this.clock = clock;
    }

    /** @throws InterruptedException when it was closed meanwhile */
    BenchReport run() throws Exception {
        Instant startedAt = clock.instant();
        Target target = open();
        try (Connections connections = new Connections(target)) {
            Transactions transactions =
                    new Transactions(connections, target.schema(), Duration.ofSeconds(30), Duration.ofMinutes(30));
            makeTables(connections, transactions);
            Bench bench = new Bench(target, settings, options, transactions, notes::progress);
            Map<String, String> environment;
            try (Connection connection = target.connect()) {
                environment = Surroundings.of(connection);
            }
            List<Comparison> comparisons = new ArrayList<>();
            for (PartName name : PartName.values()) {
                if (options.parts().contains(name)) {
                    Instant began = clock.instant();
                    comparisons.addAll(parts.apply(name).measure(bench));
                    notes.line("bench: " + name.text() + ", "
                            + Duration.between(began, clock.instant()).toSeconds() + " s");
                }
            }
            return new BenchReport(
                    startedAt,
                    Duration.between(startedAt, clock.instant()),
                    options.quick(),
                    environment,
                    comparisons,
                    bench.skipped());
        } finally {
            notes.clear();
            close();
        }
    }

    private synchronized Target open() throws SQLException, InterruptedException {
        if (closed) {
            throw new InterruptedException();
        }
        Target target = Targets.of(settings, Scratch.newName());
        for (String schema : Scratch.removeLeftovers(target)) {
            notes.line("bench: removed " + schema + ", left by a bench that was killed");
        }
        scratch = Scratch.make(target);
        notes.line("bench: works in the schema " + target.schema() + " and removes it at the end; "
                + options.sizes().words(options.quick(), options.parts().size() == PartName.values().length));
        return target;
    }

    private void makeTables(Connections connections, Transactions transactions) {
        Flyway flyway = Flyway.configure()
                .dataSource(connections)
                .defaultSchema(transactions.schema())
                .table("alpha_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
        new Schema(flyway, transactions).migrate(false);
        LocalDate last = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<Instant> months = last.minusYears(options.sizes().years())
                .withDayOfMonth(1)
                .datesUntil(last.plusMonths(1), Period.ofMonths(1))
                .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant())
                .toList();
        new Partitions(transactions, "alpha_market_data", PartitionLimits.DEFAULTS, clock).ensure(months);
    }

    /** Ends what is under way and removes everything; the second caller waits for the first. */
    @Override
    public synchronized void close() throws SQLException {
        closed = true;
        if (scratch != null) {
            scratch.close();
        }
    }
}
