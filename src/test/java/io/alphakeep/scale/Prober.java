package io.alphakeep.scale;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Readers and writers that go on while something else is done: each makes one call, pauses for some milliseconds and makes the
 * next, at most so many a second. The first trouble of each ends it and is kept.
 */
public final class Prober implements AutoCloseable {

    private static final int READERS = 2;
    private static final int WRITERS = 2;
    private static final long PAUSE_MILLIS = 20;
    private static final long LONGEST_CALL_MINUTES = 10;
    private static final int BATCH_EVERY = 10;
    private static final int OLD_EVERY = 100;

    private final Measured measured = new Measured();
    private final ConcurrentLinkedQueue<String> troubles = new ConcurrentLinkedQueue<>();
    private final List<Session> sessions = new ArrayList<>();
    private final List<Future<?>> running = new ArrayList<>();
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(READERS + WRITERS);

    /** One call of a session, the number of calls before it given. */
    @FunctionalInterface
    private interface Call {
        void make(int number) throws SQLException;
    }

    private Prober() {}

    public static Prober start(ScaleDatabase database, Population population, Written written) {
        Prober prober = new Prober();
        List<String> tickers = population.writtenTickers();
        try {
            for (int i = 0; i < READERS; i++) {
                Session session = prober.session(database, population, written, List.of());
                int first = i * Read.ALL.size() / READERS;
                prober.go(number -> prober.read(session, first + number));
            }
            for (int i = 0; i < WRITERS; i++) {
                int own = i;
                List<String> share = IntStream.range(0, tickers.size())
                        .filter(ticker -> ticker % WRITERS == own)
                        .mapToObj(tickers::get)
                        .toList();
                Session session = prober.session(database, population, written, share);
                prober.go(number -> prober.write(session, number));
            }
            return prober;
        } catch (SQLException e) {
            prober.close();
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private Session session(ScaleDatabase database, Population population, Written written, List<String> tickers)
            throws SQLException {
        Session session =
                new Session(database, population, written, tickers, new SplittableRandom(sessions.size() + 1));
        sessions.add(session);
        return session;
    }

    private void read(Session session, int number) throws SQLException {
        Read read = Read.ALL.get(number % Read.ALL.size());
        session.read(read, measured.of(read));
    }

    private void write(Session session, int number) throws SQLException {
        Write write = Write.ALL.get(number % OLD_EVERY == 0 ? 2 : number % BATCH_EVERY == 0 ? 1 : 0);
        session.write(write, measured.of(write));
    }

    private void go(Call call) {
        int[] number = {0};
        running.add(executor.scheduleWithFixedDelay(
                () -> {
                    try {
                        call.make(number[0]++);
                    } catch (SQLException | RuntimeException | AssertionError e) {
                        troubles.add(e.toString());
                        throw new IllegalStateException(e);
                    }
                },
                0,
                PAUSE_MILLIS,
                TimeUnit.MILLISECONDS));
    }

    /** Waits for the calls under way. */
    @Override
    public void close() {
        running.forEach(one -> one.cancel(false));
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LONGEST_CALL_MINUTES, TimeUnit.MINUTES)) {
                troubles.add("a call has not come back within " + LONGEST_CALL_MINUTES + " minutes");
            }
            for (Session session : sessions) {
                session.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            troubles.add(e.toString());
        }
    }

    /** After {@link #close}. */
    public Measured measured() {
        return measured;
    }

    /** What a reader or writer met, or got wrong; after {@link #close}. */
    public List<String> troubles() {
        return List.copyOf(troubles);
    }
}
