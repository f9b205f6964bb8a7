package io.alphakeep.maintain.archive;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.SqlState;
import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Brake;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The moment in which tables change places, in one transaction: writers are kept out of the tables that leave while they are
 * looked at; then the parent's lock is taken in short tries, and the exchange takes milliseconds. Nobody waits for longer
 * than the lock timeout: a try waits for a tenth of it, with a pause after it in which who queued behind goes on; a writer
 * who comes while the tables are looked at ends the looking; and an exchange that takes longer than the timeout is taken
 * back.
 *
 * <p>Who writes has the parent's lock when it comes to a table that writers are kept out of. We would wait for each other, so
 * a try is also far shorter than the server's {@code deadlock_timeout} (1 s): it is ours that ends, never the writer's.
 */
final class Handover {

    private static final int TRIES = 10;
    private static final long LONGEST_TRY_MILLIS = 400;

    /** A partition that overlaps, that is not there, or that is none. */
    private static final Set<String> CHANGED = Set.of("42P17", "42P01", "42809", "55000");

    private static final String REST = "SELECT set_config('statement_timeout', ?, true)";

    /** What came of it; nothing was changed but by Done. */
    sealed interface Result {
        record Done() implements Result {}

        /** The check said no. */
        record Differs() implements Result {}

        /**
         * Somebody would have had to wait.
         *
         * @param writer it was one who came while the tables were looked at; he is done by now
         */
        record Busy(String why, boolean writer) implements Result {}

        /** The exchange itself took too long. */
        record Slow(String why) implements Result {}
    }

    /** Looks at the tables while nobody can write to them. */
    @FunctionalInterface
    interface Check {
        boolean holds(Connection connection) throws SQLException;
    }

    /**
     * What is to change places.
     *
     * @param parent   what the leaving are partitions of; null when they are no partitions any more
     * @param leaving  tables, looked at by the check
     * @param coming   further tables that take part
     * @param check    made with writers kept out of the leaving; null = none is needed, and writers are not kept out before
     * @param exchange run with everybody kept out
     * @param record   the lines to be written with it
     */
    record Exchange(
            String parent,
            List<String> leaving,
            List<String> coming,
            Check check,
            List<String> exchange,
            Transactions.Work<?> record) {}

    private final Transactions brief;
    private final Brake brake;
    private final Statements sql;
    private final LockHolders holders;
    private final Duration wait;
    private final Duration longest;

    /** @param transactions whose lock timeout is the longest that anybody may have to wait */
    Handover(Transactions transactions, Brake brake, Statements sql) {
        this.longest = transactions.lockTimeout();
        this.wait = Duration.ofMillis(Math.min(LONGEST_TRY_MILLIS, Math.max(20, longest.toMillis() / TRIES)));
        this.brief = transactions.withLockTimeout(wait);
        this.brake = brake;
        this.sql = sql;
        this.holders = new LockHolders(sql);
    }

    Result run(Exchange exchange) {
        boolean[] exchanging = new boolean[1];
        try (WriterLookout lookout = new WriterLookout(brief, brake, sql, exchange.leaving())) {
            try {
                return brief.run(connection -> looked(connection, exchange, lookout, exchanging));
            } catch (DatabaseException e) {
                boolean cancelled = "57014".equals(e.state()) && !brake.isStopped();
                if (cancelled && exchanging[0]) {
                    return new Result.Slow(
                            "the exchange took longer than " + longest.toMillis()
                                    + " ms and was taken back (an index of the parent that the new partition lacks is built in it)");
                }
                if (cancelled && lookout.sawOne()) {
                    return new Result.Busy("somebody came for " + String.join(", ", exchange.leaving()), true);
                }
                if (e.kind() == SqlState.CONTENTION) {
                    return new Result.Busy(e.getMessage(), false);
                }
                if (CHANGED.contains(e.state())) {
                    return new Result.Busy("the partitions were changed by somebody else: " + e.getMessage(), false);
                }
                throw e;
            }
        }
    }

    private Result looked(Connection connection, Exchange exchange, WriterLookout lookout, boolean[] exchanging)
            throws SQLException {
        List<String> held = List.of();
        if (exchange.check() != null) {
            held = exchange.leaving();
            Optional<String> busy = lock(connection, List.of(sql.keepWritersOut(held)), held);
            if (busy.isPresent()) {
                return new Result.Busy(busy.get(), false);
            }
            lookout.watch();
            if (!exchange.check().holds(connection)) {
                return new Result.Differs();
            }
            lookout.pause();
        }
        List<String> all = new ArrayList<>(exchange.leaving());
        all.addAll(exchange.coming());
        List<String> locks = exchange.parent() == null
                ? List.of(sql.keepEverybodyOut(all))
                : List.of(sql.keepEverybodyOut(exchange.parent()), sql.keepEverybodyOut(all));
        Optional<String> busy = lock(connection, locks, held);
        if (busy.isPresent()) {
            return new Result.Busy(busy.get(), false);
        }
        exchanging[0] = true;
        long end = System.nanoTime() + longest.toNanos();
        try (Statement statement = connection.createStatement()) {
            for (String step : exchange.exchange()) {
                atMost(connection, (end - System.nanoTime()) / 1_000_000);
                statement.execute(step);
            }
        }
        exchange.record().on(connection);
        return new Result.Done();
    }

    private static void atMost(Connection connection, long millis) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REST)) {
            // 0 would be no limit.
            statement.setString(1, Long.toString(Math.max(1, millis)));
            statement.execute();
        }
    }

    /** One statement that wants a table for itself for a moment, in a transaction of its own; says who was in the way. */
    Optional<String> briefly(String relation, String statement) {
        return brief.run(connection -> lock(connection, List.of(statement), List.of(relation)));
    }

    /**
     * @param held what writers already wait for while this goes on: they are not made to
     * @return who was in the way of all tries; empty when the locks are held
     */
    private Optional<String> lock(Connection connection, List<String> locks, List<String> held) throws SQLException {
        for (int tried = 1; ; tried++) {
            Savepoint savepoint = connection.setSavepoint();
            try (Statement statement = connection.createStatement()) {
                for (String lock : locks) {
                    statement.execute(lock);
                }
                return Optional.empty();
            } catch (SQLException e) {
                if (!"55P03".equals(e.getSQLState())) {
                    throw e;
                }
                connection.rollback(savepoint);
            }
            if (tried == TRIES || brake.isStopped() || holders.someoneWaitsFor(connection, held)) {
                return Optional.of(holders.words(connection));
            }
            long millis = wait.toMillis();
            brake.pause(Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis * 3 / 2 + 1)));
        }
    }
}
