package io.alphakeep.advise.doctor;

import io.alphakeep.db.Instants;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The host's clock beside the database's. The allowance and leases go by the database's, what is due and which partitions
 * are old by the host's.
 */
final class ClockSkew implements Look {

    private static final Duration WARN = Duration.ofSeconds(2);
    private static final Duration FAIL = Duration.ofSeconds(60);
    /** Of the way there and back; one and a commit are what a permit's 200 ms are for. */
    private static final Duration FAR = Duration.ofMillis(90);

    private static final Duration TOO_FAR = Duration.ofMillis(190);

    /** The fastest way there and back says most. */
    private static final int TRIES = 3;

    private final Clock clock;

    ClockSkew(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Check at(Connection connection, String id) throws SQLException {
        Duration skew = Duration.ZERO;
        Duration fastest = null;
        for (int i = 0; i < TRIES; i++) {
            try (PreparedStatement statement = connection.prepareStatement("SELECT clock_timestamp() AS at")) {
                Instant before = clock.instant();
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    Duration way = Duration.between(before, clock.instant());
                    if (fastest == null || way.compareTo(fastest) < 0) {
                        fastest = way;
                        skew = Duration.between(before.plus(way.dividedBy(2)), Instants.get(row, "at"));
                    }
                }
            }
        }
        return judge(id, skew, fastest);
    }

    /** @param skew how far the database's clock is ahead of the host's, half the way there and back taken out */
    static Check judge(String id, Duration skew, Duration way) {
        Duration size = skew.abs();
        String seen = size.toMillis() + " ms between this host and the database, whose clock is "
                + (skew.isNegative() ? "behind" : "ahead") + " (there and back " + way.toMillis() + " ms)";
        String fix = "set both clocks by a time service, as chrony or systemd-timesyncd does";
        if (size.compareTo(FAIL) > 0) {
            return Check.fail(id, seen, fix);
        }
        if (size.compareTo(WARN) > 0) {
            return Check.warn(id, seen, fix);
        }
        if (way.compareTo(FAR) > 0) {
            String far = seen + "; a permit comes back this much after it was reserved, and is not used after 200 ms";
            String closer = "run where the database is; with limits set nothing can be asked from much further away";
            return way.compareTo(TOO_FAR) > 0 ? Check.fail(id, far, closer) : Check.warn(id, far, closer);
        }
        return Check.ok(id, seen);
    }
}
