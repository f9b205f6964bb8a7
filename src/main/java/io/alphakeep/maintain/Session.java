package io.alphakeep.maintain;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Another session of the server, to name it in a report.
 *
 * @param who     its application's name, else its kind
 * @param state   as in {@code pg_stat_activity}; hidden from roles without {@code pg_read_all_stats} where it is another role's
 * @param seconds age of its transaction; -1 where it is hidden
 */
public record Session(int pid, String who, String state, long seconds) {

    /** Reads columns {@code pid, who, state, seconds}. */
    public static Session of(ResultSet row) throws SQLException {
        long seconds = row.getLong("seconds");
        return new Session(
                row.getInt("pid"), row.getString("who"), row.getString("state"), row.wasNull() ? -1 : seconds);
    }

    /** As in {@code psql (process 123, idle in transaction, its transaction is 40 s old)}. */
    public String words() {
        return who + " (process " + pid + (state == null ? "" : ", " + state)
                + (seconds < 0 ? "" : ", its transaction is " + seconds + " s old") + ")";
    }
}
