package io.alphakeep.maintain;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Statements that PostgreSQL runs outside of a transaction only: CREATE and DROP INDEX CONCURRENTLY, VACUUM, ANALYZE of many
 * tables. {@code lock_timeout} would have to be set for the session, which a transaction-mode pooler hands to somebody else;
 * so a second connection looks on, and cancels the statement once it has waited for locks and old snapshots for longer than
 * it may. Names in it carry their schema: no search path is set.
 */
public final class Outside {

    // wait_event_type Lock also covers the waits for older snapshots (virtualxid) of the concurrent commands.
    private static final String WAITING = """
            SELECT coalesce(min(array_to_string(pg_blocking_pids(pid), ', ')), '') AS blockers, count(*) AS waiting
            FROM pg_stat_activity
            WHERE datname = current_database() AND state = 'active' AND wait_event_type = 'Lock'
              AND starts_with(query, ?) AND pid <> pg_backend_pid()
            """;

    // A comment at the start of the statement, by which the onlooker finds it: the server shows only the first bytes
    // of a statement (track_activity_query_size, 1024 unless set), a pooler may run it in another backend than the one
    // that was asked for its number before, and another process may be at the same statement.
    private static final String MARK = "/* alphakeep %s */ ";

    // Settings go by the role that logged in; those of the role in this database win over those of the role.
    private static final String LIMIT = """
            SELECT setting::bigint AS millis, current_setting(name) AS setting,
                   quote_ident(session_user)
                       || CASE WHEN source = 'database user' THEN ' IN DATABASE ' || quote_ident(current_database()) ELSE '' END
                       AS role
            FROM pg_settings WHERE name = 'statement_timeout'
            """;

    private static final long LOOK_MILLIS = 100;

    private final Transactions transactions;
    private final Brake brake;
    private final Duration patience;

    /**
     * @param transactions with at least two connections; whose statement timeout is the longest that such a statement may take
     * @param patience     the longest wait for locks and old snapshots
     */
    public Outside(Transactions transactions, Brake brake, Duration patience) {
        this.transactions = transactions;
        this.brake = brake;
        this.patience = patience;
    }

    /**
     * Runs the statement, with a comment before it by which it is known on the server.
     *
     * @throws DatabaseException of state 55P03 when it waited too long, naming who it waited for, or was ended by a
     *     limit that is not ours, naming it; of 57014 when it was stopped or took longer than a statement may
     */
    public void run(String sql) {
        transactions.alone(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout((int) Math.min(
                        Integer.MAX_VALUE,
                        Math.max(1, transactions.statementTimeout().toSeconds())));
                String mark = MARK.formatted(UUID.randomUUID());
                Onlooker onlooker = new Onlooker(mark);
                long begunAt = System.nanoTime();
                onlooker.start();
                try {
                    brake.execute(statement, mark + sql);
                } catch (SQLException e) {
                    if (onlooker.gaveUp() && "57014".equals(e.getSQLState())) {
                        throw new SQLException(onlooker.words(), "55P03", e);
                    }
                    Duration took = Duration.ofNanos(System.nanoTime() - begunAt);
                    boolean early = took.compareTo(Duration.ofSeconds(statement.getQueryTimeout())) < 0;
                    if (early && !brake.isStopped() && "57014".equals(e.getSQLState())) {
                        throw new SQLException(cutShort(connection, took, e), "55P03", e);
                    }
                    throw e;
                } finally {
                    onlooker.end();
                }
                return null;
            }
        });
    }

    /** Who ended a statement that was neither stopped nor out of our own time, in words. */
    private static String cutShort(Connection connection, Duration took, SQLException cancelled) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LIMIT)) {
            row.next();
            long millis = row.getLong("millis");
            if (millis == 0 || took.toMillis() < millis) {
                return "cancelled by somebody (pg_cancel_backend) after " + took.toMillis() + " ms";
            }
            return "the setting statement_timeout of the role or the database, " + row.getString("setting")
                    + ", ended it after " + took.toMillis() + " ms; ALTER ROLE " + row.getString("role") + " SET"
                    + " statement_timeout = 0 lifts it";
        } catch (SQLException e) {
            cancelled.addSuppressed(e);
            throw cancelled;
        }
    }

    /** Looks how long the statement has been waiting. */
    private final class Onlooker extends Thread {

        private final String mark;
        private boolean ended;
        private volatile String waitedFor;

        Onlooker(String mark) {
            super("maintain-onlooker");
            this.mark = mark;
            setDaemon(true);
        }

        boolean gaveUp() {
            return waitedFor != null;
        }

        String words() {
            return "waited " + patience.toMillis() + " ms for "
                    + (waitedFor.isEmpty() ? "another session" : "the session of process " + waitedFor);
        }

        synchronized void end() {
            ended = true;
            notifyAll();
        }

        /** @return false once the statement is over */
        private synchronized boolean pause() {
            try {
                if (!ended) {
                    wait(LOOK_MILLIS);
                }
            } catch (InterruptedException e) {
                ended = true;
            }
            return !ended;
        }

        @Override
        public void run() {
            long waitingSince = 0;
            while (pause()) {
                try {
                    Optional<String> blockers = blockers();
                    if (blockers.isEmpty()) {
                        waitingSince = 0;
                    } else if (waitingSince == 0) {
                        waitingSince = System.nanoTime();
                    } else if (System.nanoTime() - waitingSince >= patience.toNanos()) {
                        giveUp(blockers.get());
                        return;
                    }
                } catch (DatabaseException e) {
                    // A look that failed says nothing about the statement; its own connection will tell.
                    continue;
                }
            }
        }

        private synchronized void giveUp(String blockers) {
            // Under the lock of end(): what is cancelled is this statement, not the next one.
            if (!ended) {
                waitedFor = blockers;
                brake.cancel();
            }
        }

        /** Who it waits for, comma between them; empty while it does not wait. */
        private Optional<String> blockers() {
            return transactions.run(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
                    statement.setString(1, mark);
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next() && row.getLong("waiting") > 0
                                ? Optional.of(row.getString("blockers"))
                                : Optional.<String>empty();
                    }
                }
            });
        }
    }
}
