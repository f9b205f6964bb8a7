package io.alphakeep.maintain.archive;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.SqlState;
import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Brake;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The moment in which tables change places, in one transaction: writers are kept out of the tables that leave while they are
 * looked at; then the parent's lock is taken in short tries, and the exchange takes milliseconds. Nobody waits for longer
 * than a fraction of the lock timeout: a try waits for a tenth of it, with a pause after it in which who queued behind goes
 * on, and a writer who comes while the tables are looked at ends the looking.
 *
 * <p>The parent is locked before its partitions, as every query does it.
 */
final class Handover {

    private static final int TRIES = 10;

    /** A partition that overlaps, that is not there, or that is none. */
    private static final Set<String> CHANGED = Set.of("42P17", "42P01", "42809", "55000");

    /** What came of it. */
    sealed interface Result {
        record Done() implements Result {}

        /** The check said no; nothing was changed. */
        record Differs() implements Result {}

        /** Somebody would have had to wait; nothing was changed. */
        record Busy(String why) implements Result {}
    }

    /** Looks at the tables while nobody can write to them. */
    @FunctionalInterface
    interface Check {
        boolean holds(Connection connection) throws SQLException;
    }

    private final Transactions brief;
    private final Brake brake;
    private final Statements sql;
    private final LockHolders holders;
    private final Duration wait;

    /** @param transactions whose lock timeout is the longest that anybody may have to wait */
    Handover(Transactions transactions, Brake brake, Statements sql) {
        this.wait = Duration.ofMillis(Math.max(20, transactions.lockTimeout().toMillis() / TRIES));
        this.brief = transactions.withLockTimeout(wait);
        this.brake = brake;
        this.sql = sql;
        this.holders = new LockHolders(sql);
    }

    /**
     * @param parent   what the tables are partitions of
     * @param leaving  partitions of it
     * @param check    made with writers kept out of the leaving; null = none is needed, and writers are not kept out before
     * @param exchange run with everybody kept out
     * @param record   the lines to be written with it
     */
    Result run(String parent, List<String> leaving, Check check, List<String> exchange, Transactions.Work<?> record) {
        try (WriterLookout lookout = new WriterLookout(brief, brake, sql, leaving)) {
            try {
                return brief.run(connection -> {
                    if (check != null) {
                        Optional<String> busy = lock(connection, List.of(sql.keepWritersOut(leaving)), leaving);
                        if (busy.isPresent()) {
                            return new Result.Busy(busy.get());
                        }
                        lookout.watch();
                        if (!check.holds(connection)) {
                            return new Result.Differs();
                        }
                        lookout.pause();
                    }
                    Optional<String> busy = lock(
                            connection,
                            List.of(sql.keepEverybodyOut(parent), sql.keepEverybodyOut(leaving)),
                            check == null ? List.of() : leaving);
                    if (busy.isPresent()) {
                        return new Result.Busy(busy.get());
                    }
                    try (Statement statement = connection.createStatement()) {
                        for (String step : exchange) {
                            statement.execute(step);
                        }
                    }
                    record.on(connection);
                    return new Result.Done();
                });
            } catch (DatabaseException e) {
                if (lookout.sawOne() && "57014".equals(e.state()) && !brake.isStopped()) {
                    return new Result.Busy("somebody came to write to " + String.join(", ", leaving));
                }
                if (e.kind() == SqlState.CONTENTION) {
                    return new Result.Busy(e.getMessage());
                }
                if (CHANGED.contains(e.state())) {
                    return new Result.Busy("the partitions were changed by somebody else: " + e.getMessage());
                }
                throw e;
            }
        }
    }

    /** One statement that wants a table for itself for a moment, in a transaction of its own; says who was in the way. */
    Optional<String> briefly(String relation, String statement) {
        return brief.run(connection -> lock(connection, List.of(statement), List.of(relation)));
    }

    /** The same for a table that nobody has to do with any more, and what is to be done with it then. */
    Optional<String> alone(String relation, Transactions.Work<?> work) {
        return brief.run(connection -> {
            Optional<String> busy = lock(connection, List.of(sql.keepEverybodyOut(relation)), List.of(relation));
            if (busy.isEmpty()) {
                work.on(connection);
            }
            return busy;
        });
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
