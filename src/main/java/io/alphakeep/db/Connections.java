package io.alphakeep.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Where connections come from. */
@FunctionalInterface
interface Connections {

    /** About five seconds of waiting in all. */
    int ATTEMPTS = 7;

    Duration FIRST_WAIT = Duration.ofMillis(100);
    Duration LONGEST_WAIT = Duration.ofSeconds(2);

    /** too_many_connections; cannot_connect_now, of a server that starts or recovers. */
    Set<String> PASSING = Set.of("53300", "57P03");

    Connection open() throws SQLException;

    /** How a wait is spent. */
    @FunctionalInterface
    interface Nap {
        void millis(long millis) throws InterruptedException;
    }

    /** Asks again, with waits that double and are spread, a server that has no connection to give just now. */
    static Connections patient(Connections connections) {
        return patient(connections, TimeUnit.MILLISECONDS::sleep);
    }

    static Connections patient(Connections connections, Nap nap) {
        return () -> {
            long wait = FIRST_WAIT.toMillis();
            for (int attempt = 1; ; attempt++) {
                try {
                    return connections.open();
                } catch (SQLException e) {
                    if (attempt == ATTEMPTS
                            || !PASSING.contains(String.valueOf(e.getSQLState()))
                            || !waited(nap, wait)) {
                        throw e;
                    }
                }
                wait = Math.min(2 * wait, LONGEST_WAIT.toMillis());
            }
        };
    }

    /** Give or take a half, so that those who were refused together do not come again together. */
    private static boolean waited(Nap nap, long millis) {
        try {
            nap.millis(ThreadLocalRandom.current().nextLong(millis / 2, millis + millis / 2));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
