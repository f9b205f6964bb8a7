package io.alphakeep.advise.doctor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** No run of the last days was killed. What such a run had committed is kept, and its leases have run out. */
final class DeadRuns implements Look {

    private static final String QUERY = """
            SELECT count(*) AS dead, max(run) AS last, (SELECT count(*) FROM alpha_run
                    WHERE started_at > clock_timestamp() - interval '7 days') AS runs
            FROM alpha_run
            WHERE outcome IS NULL AND alive_until < clock_timestamp()
              AND started_at > clock_timestamp() - interval '7 days'
            """;

    @Override
    public Check at(Connection connection, String id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            long dead = row.getLong("dead");
            String of = " of " + row.getLong("runs") + " runs in 7 days";
            return dead == 0
                    ? Check.ok(id, "none" + of + " was killed")
                    : Check.warn(
                            id,
                            dead + of + " were killed, the last one run " + row.getLong("last"),
                            "nothing to mend: what they had committed is kept, and the next run does the rest. Look for what"
                                    + " ended them: a limit on memory or time, a SIGKILL, a lost connection");
        }
    }
}
