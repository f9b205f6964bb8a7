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
        return size.compareTo(WARN) > 0 ? Check.warn(id, seen, fix) : Check.ok(id, seen);
    }
}
