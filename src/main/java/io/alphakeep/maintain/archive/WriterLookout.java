package io.alphakeep.maintain.archive;

import io.alphakeep.db.DatabaseException;
import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Brake;
import java.util.List;

/**
 * While writers are kept out of some tables: looks whether one waits, and ends the statement at work if so, and each that
 * follows. Statements of minutes may thus run under a lock that nobody ever waits for longer than a moment.
 */
final class WriterLookout implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;

    private final Transactions transactions;
    private final Brake brake;
    private final LockHolders holders;
    private final List<String> relations;
    private boolean watching;
    private boolean closed;
    private boolean sawOne;

    WriterLookout(Transactions transactions, Brake brake, Statements sql, List<String> relations) {
        this.transactions = transactions;
        this.brake = brake;
        this.holders = new LockHolders(sql);
        this.relations = relations;
    }

    synchronized void watch() {
        watching = true;
        Thread thread = new Thread(this::look, "maintain-lookout");
        thread.setDaemon(true);
        thread.start();
    }

    synchronized void pause() {
        watching = false;
    }

    synchronized boolean sawOne() {
        return sawOne;
    }

    @Override
    public void close() {
        synchronized (this) {
            watching = false;
            closed = true;
            notifyAll();
        }
    }

    private void look() {
        while (nextLook()) {
            boolean someone;
            try {
                someone = transactions.run(connection -> holders.someoneWaitsFor(connection, relations));
            } catch (DatabaseException e) {
                // Without a look-out nobody may be kept waiting.
                someone = true;
            }
            synchronized (this) {
                if (someone && watching) {
                    // Again at the next look, as long as he waits: a cancel between two statements hits neither.
                    sawOne = true;
                    brake.cancel();
                }
            }
        }
    }

    private synchronized boolean nextLook() {
        try {
            if (!closed) {
                wait(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            return false;
        }
        return !closed && watching;
    }
}
