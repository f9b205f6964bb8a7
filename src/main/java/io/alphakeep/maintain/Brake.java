package io.alphakeep.maintain;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Stops maintenance from outside, by a signal: no new statement begins, and the one at work is cancelled on the server,
 * which would otherwise go on with a copy for as long as it takes. Safe for use by several threads.
 */
public final class Brake {

    private static final long AGAIN_MILLIS = 100;

    private boolean stopped;
    private Statement running;

    public synchronized void stop() {
        if (!stopped) {
            stopped = true;
            notifyAll();
            Thread thread = new Thread(this::cancelUntilItIsOver, "maintain-brake");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** A cancel that comes before the statement has reached the server is lost: once is not enough. */
    private void cancelUntilItIsOver() {
        synchronized (this) {
            while (running != null) {
                cancel();
                try {
                    wait(AGAIN_MILLIS);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    public synchronized boolean isStopped() {
        return stopped;
    }

    /** Cancels the statement at work, if any, without stopping what follows. */
    public synchronized void cancel() {
        if (running != null) {
            try {
                running.cancel();
            } catch (SQLException ignored) {
                // The connection is gone; so is the statement then.
            }
        }
    }

    /** Waits for so long, or until it is stopped. */
    public synchronized void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis(); !stopped && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopped = true;
            }
        }
    }

    /**
     * Runs a statement that may take long.
     *
     * @throws SQLException of state 57014 when it was cancelled, or stopped before it began
     */
    public boolean execute(Statement statement, String sql) throws SQLException {
        synchronized (this) {
            if (stopped) {
                throw new SQLException("stopped", "57014");
            }
            running = statement;
        }
        try {
            return statement.execute(sql);
        } finally {
            synchronized (this) {
                running = null;
                notifyAll();
            }
        }
    }
}
