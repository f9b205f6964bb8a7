package io.alphakeep.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What a transaction is bound by: its schema, its isolation, how long it waits for locks, for one statement, and between two
 * statements for its client. As SQL, to go ahead of the first statement in one message, and only valid there.
 */
public final class Bounds {

    /** Of a transaction that has its bounds already. */
    public static final Bounds SET = new Bounds("", 0);

    // What is read after a lock was waited for must be newer than the lock: under a database's or role's default of
    // REPEATABLE READ the first query's snapshot, of before the lock, would serve the whole transaction.
    private static final String ISOLATION = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; ";

    private static final int STATEMENTS = 2;

    private final String ahead;
    private final int results;

    private Bounds(String ahead, int results) {
        this.ahead = ahead;
        this.results = results;
    }

    static Bounds of(String schema, Duration lock, Duration statement, Duration idle, boolean synchronous) {
        String settings = "SELECT set_config('search_path', '"
                + Identifier.quote(schema).replace("'", "''")
                + "', true), set_config('lock_timeout', '" + lock.toMillis()
                + "', true), set_config('statement_timeout', '" + statement.toMillis()
                + "', true), set_config('idle_in_transaction_session_timeout', '" + idle.toMillis() + "', true)";
        String commit = synchronous ? "" : ", set_config('synchronous_commit', 'off', true)";
        return new Bounds(ISOLATION + settings + commit + "; ", STATEMENTS);
    }

    /** SQL without parameters, to be followed by the first statement. */
    public String ahead() {
        return ahead;
    }

    /** After the statement was executed: makes the result of what follows {@link #ahead} the current one. */
    public void pass(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < results; i++) {
            statement.getMoreResults();
        }
    }

    /** By themselves, for work whose first statement has no room for them. */
    public void set(Connection connection) throws SQLException {
        if (results > 0) {
            try (PreparedStatement statement = connection.prepareStatement(ahead)) {
                statement.execute();
            }
        }
    }
}
