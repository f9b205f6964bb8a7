package io.alphakeep.scale;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same for each of a list, by several connections that take the next one when they are done. */
final class Parallel {

    /** Work on one of the list. */
    @FunctionalInterface
    interface Work<T> {
        void on(Connection connection, T one) throws SQLException;
    }

    private Parallel() {}

    static <T> void each(ScaleDatabase database, int connections, List<T> all, Work<T> work) {
        Queue<T> left = new ConcurrentLinkedQueue<>(all);
        ExecutorService executor = Executors.newFixedThreadPool(connections);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                running.add(executor.submit(() -> database.run(connection -> {
                    for (T one = left.poll(); one != null; one = left.poll()) {
                        work.on(connection, one);
                    }
                })));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } finally {
            left.clear();
            executor.shutdownNow();
        }
    }
}
