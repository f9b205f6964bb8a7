package io.alphakeep.maintain.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.SqlState;
import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Brake;
import io.alphakeep.maintain.Outside;
import io.alphakeep.maintain.StepResult;
import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import javax.sql.DataSource;

/** Passes of the archive over a test's database, as the conductor makes them, and its months of made-up bars. */
final class ArchiveKit {

    static final Instant NOW = Instant.parse("2022-03-10T12:00:00Z");
    static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

    static final ArchivePolicy MERGE = ArchivePolicy.DEFAULT;
    static final ArchivePolicy DETACH = new ArchivePolicy(ArchivePolicy.Mode.DETACH, 24, OptionalInt.empty(), 14);
    static final ArchivePolicy OFF = new ArchivePolicy(ArchivePolicy.Mode.OFF, 24, OptionalInt.empty(), 14);

    /** What came of a step: action, target and result. */
    record Ran(String action, String target, StepResult result) {
        StepResult.Outcome outcome() {
            return result.outcome();
        }

        String words() {
            return action + " " + target + " " + outcome();
        }
    }

    private final DataSource source;
    private final String schema;
    private final Brake brake = new Brake();

    ArchiveKit(DataSource source, String schema) {
        this.source = source;
        this.schema = schema;
    }

    static ArchiveKit of(TestDatabase database) {
        return new ArchiveKit(database.pool(), "public");
    }

    Archive archive(ArchivePolicy policy, Instant now) {
        Transactions transactions = new Transactions(source, schema, LOCK_TIMEOUT, Duration.ofMinutes(1));
        return new Archive(
                transactions,
                new Outside(transactions, brake, LOCK_TIMEOUT),
                brake,
                "alpha_market_data",
                policy,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    List<Ran> pass(ArchivePolicy policy) {
        return pass(policy, NOW);
    }

    List<Ran> pass(ArchivePolicy policy, Instant now) {
        Archive archive = archive(policy, now);
        List<Ran> ran = new ArrayList<>();
        Set<String> tried = new HashSet<>();
        while (true) {
            ArchiveStep next = archive.plan().stream()
                    .filter(step -> !tried.contains(step.action() + step.target()))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                return ran;
            }
            tried.add(next.action() + next.target());
            ran.add(new Ran(next.action(), next.target(), run(archive, next)));
        }
    }

    /** A pass in which nothing was in the way. */
    List<Ran> done(ArchivePolicy policy) {
        List<Ran> ran = pass(policy);
        assertThat(ran)
                .allSatisfy(step -> assertThat(step.outcome()).as("%s", step).isEqualTo(StepResult.Outcome.DONE));
        return ran;
    }

    private static StepResult run(Archive archive, ArchiveStep step) {
        try {
            return archive.run(step);
        } catch (DatabaseException e) {
            if (e.kind() == SqlState.CONTENTION) {
                return StepResult.postponed(e.getMessage());
            }
            throw e;
        }
    }

    /** Monthly partitions of a year, with minute-like, daily and adjusted bars of some tickers in each. */
    static void fill(TestDatabase database, int year, int months, int barsEach) {
        for (int month = 1; month <= months; month++) {
            String first = "%04d-%02d-01".formatted(year, month);
            database.execute("SELECT create_monthly_partition('alpha_market_data', '" + first + "')", """
                    INSERT INTO alpha_market_data
                    SELECT t, timestamptz '%1$s 00:00:00+00' + i * interval '3 hours', e, split_part(e, '_5min', 1),
                           100 + i * 0.01, 101 + i * 0.01, 99 + i * 0.01, 100.5 + i * 0.01, 1000 + i, 90 + i * 0.01, 0, 1,
                           0, CASE WHEN i %% 7 = 0 THEN jsonb_build_object('note', i) END, 1,
                           timestamptz '%1$s 00:00:00+00'
                    FROM generate_series(0, %2$d - 1) i,
                         unnest(ARRAY['IBM', 'MSFT', 'AAPL']) t,
                         unnest(ARRAY['TIME_SERIES_DAILY', 'TIME_SERIES_INTRADAY_5min']) e
                    """.formatted(
                            first, barsEach));
        }
    }

    /** No partition, and nothing that an earlier test left on its way. */
    static void clear(TestDatabase database) {
        for (String table : List.of("alpha_market_data", "alpha_market_data_archive")) {
            if (database.value("SELECT to_regclass('" + table + "')") != null) {
                partitions(database, table).forEach(partition -> database.execute("DROP TABLE " + partition));
            }
        }
        database.query("SELECT relation FROM alpha_archive")
                .forEach(line -> database.execute("DROP TABLE IF EXISTS " + line.get(0)));
        database.execute(
                "DROP TABLE IF EXISTS alpha_market_data_archive",
                "DELETE FROM alpha_archive",
                "DELETE FROM alpha_watermark");
    }

    /** A copy whose exchange is put off, by a reader whose snapshot is older. */
    void copyOnly() throws SQLException {
        try (Connection reader = source.getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT 1");
            assertThat(pass(MERGE)).extracting(Ran::outcome).containsExactly(StepResult.Outcome.POSTPONED);
            reader.rollback();
        }
    }

    /** A checksum over every column of every row, worked out in another way than the program does it. */
    static String rows(TestDatabase database) {
        return database.value("""
                SELECT count(*) || ' ' || coalesce(md5(string_agg(to_jsonb(m)::text, '|'
                    ORDER BY ticker, endpoint, "timestamp")), '')
                FROM alpha_market_data m
                """);
    }

    static List<String> partitions(TestDatabase database, String table) {
        return database
                .query("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = '" + table
                        + "'::regclass ORDER BY 1")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }
}
