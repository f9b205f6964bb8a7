package io.alphakeep.maintain.archive;

import io.alphakeep.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A reader of everything and a writer into an old month, one statement after the other, for as long as it is open. One that
 * has to wait for a lock for {@link #TOLERANCE} is an error: several times what maintenance may make it wait here, because
 * the machine of a test may be busy, and far less than the transactions that the tests put in maintenance's way.
 */
final class Traffic implements AutoCloseable {

    private static final Duration TOLERANCE = ArchiveKit.LOCK_TIMEOUT.multipliedBy(4);

    private static final Duration PACE = Duration.ofMillis(20);

    private static final String WRITE = """
            INSERT INTO alpha_market_data (ticker, "timestamp", endpoint, api_function, close_price, ingestion_epoch, updated_at)
            VALUES ('TRAFFIC', timestamptz '2019-02-01 00:00:00+00' + ? * interval '1 second', 'TIME_SERIES_DAILY',
                    'TIME_SERIES_DAILY', 1, 1, '2019-02-01Z')
            """;

    private static final String READ = "SELECT count(*) FROM alpha_market_data WHERE ticker <> 'TRAFFIC'";

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();
    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> threads;

    Traffic(TestDatabase database) {
        String rows = database.value(READ);
        threads = List.of(
                new Thread(() -> loop(database, READ, connection -> {
                    try (Statement statement = connection.createStatement();
                            var row = statement.executeQuery(READ)) {
                        row.next();
                        if (!row.getString(1).equals(rows)) {
                            errors.add("lost sight: " + row.getString(1) + " of " + rows);
                        }
                    }
                })),
                new Thread(() -> loop(database, WRITE, connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
                        statement.setInt(1, written.get());
                        statement.executeUpdate();
                        written.incrementAndGet();
                    }
                })));
        threads.forEach(Thread::start);
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private void loop(TestDatabase database, String name, Work work) {
        try (Connection connection = database.dataSource().getConnection();
                Statement limit = connection.createStatement()) {
            limit.execute("SET lock_timeout = " + TOLERANCE.toMillis());
            while (!ended.get()) {
                work.on(connection);
                done.incrementAndGet();
                // Readers and writers of a warehouse are not all of the machine's load.
                LockSupport.parkNanos(PACE.toNanos());
            }
        } catch (SQLException e) {
            errors.add(name.substring(0, 6) + ": " + e.getMessage());
        }
    }

    /** Statements that came back. */
    int done() {
        return done.get();
    }

    /** Rows that the server said were committed. */
    int written() {
        return written.get();
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    void end() {
        ended.set(true);
        for (Thread thread : threads) {
            try {
                thread.join(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        end();
    }
}
