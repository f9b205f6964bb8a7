package io.alphakeep.ledger;

import io.alphakeep.db.Instants;
import io.alphakeep.db.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The runs: each is written before it does anything and closed when it ends, so that a kill can be told. */
public final class Runs {

    private static final String OPEN = """
            INSERT INTO alpha_run (started_at, door, host, process, version)
            VALUES (?, ?, ?, ?, ?)
            RETURNING run
            """;

    private static final String ALIVE = """
            UPDATE alpha_run
            SET alive_until = GREATEST(alive_until, clock_timestamp() + ? * interval '1 millisecond')
            WHERE run = ? AND outcome IS NULL
            """;

    private static final String CLOSE = """
            UPDATE alpha_run
            SET finished_at = ?, outcome = ?,
                requests_planned = ?, requests_sent = ?, requests_ok = ?, requests_empty = ?,
                requests_throttled = ?, requests_failed = ?, requests_skipped = ?,
                rows_inserted = ?, rows_changed = ?, rows_unchanged = ?, rows_removed = ?, rows_rejected = ?,
                report = ?::jsonb
            WHERE run = ?
            """;

    private static final String LINES = """
            SELECT run, started_at, finished_at, door, host, process, version,
                   COALESCE(outcome, CASE WHEN alive_until < clock_timestamp() THEN 'killed' ELSE 'running' END) AS outcome,
                   requests_planned, requests_sent, requests_ok, requests_empty,
                   requests_throttled, requests_failed, requests_skipped,
                   rows_inserted, rows_changed, rows_unchanged, rows_removed, rows_rejected
            FROM alpha_run
            """;

    private static final String RECENT = LINES + " ORDER BY started_at DESC, run DESC LIMIT ?";

    private static final String ONE = LINES + " WHERE run = ?";

    private static final String REPORT = "SELECT report FROM alpha_run WHERE run = ? AND report IS NOT NULL";

    private static final String LIVING = LINES + """
             WHERE outcome IS NULL AND alive_until >= clock_timestamp() AND (? = '' OR door = ?)
             ORDER BY started_at, run
             LIMIT 1
            """;

    private final Transactions transactions;

    public Runs(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Writes the run's line; it counts as alive for the next minute, and then as long as {@link #alive} says.
     *
     * @param door what started it: {@code command}, {@code cron}, {@code http}
     * @return the run's number, the {@code ingestion_epoch} of the rows that it writes
     */
    public long open(Instant startedAt, String door, String host, long process, String version) {
        return open(new NewRun(startedAt, door, host, process, version));
    }

    /** The same. */
    public long open(NewRun run) {
        return transactions.run(connection -> insert(connection, run));
    }

    static long insert(Connection connection, NewRun run) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(OPEN)) {
            Instants.set(s, 1, run.startedAt());
            s.setString(2, run.door());
            s.setString(3, run.host());
            s.setLong(4, run.process());
            s.setString(5, run.version());
            try (ResultSet r = s.executeQuery()) {
                r.next();
                return r.getLong(1);
            }
        }
    }

    /** The oldest run that is alive; of that door, or of any for the empty text. */
    static Optional<RunLine> alive(Connection connection, String door) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(LIVING)) {
            s.setString(1, door);
            s.setString(2, door);
            return lines(s).stream().findFirst();
        }
    }

    /** A sign of life for the given time from now. */
    public void alive(long run, Duration time) {
        transactions.update(ALIVE, s -> {
            s.setLong(1, time.toMillis());
            s.setLong(2, run);
        });
    }

    /**
     * Closes the run's line. Closing again writes the line again.
     *
     * @param outcome    {@code done}, {@code postponed}, {@code partial}, {@code stopped} or {@code failed}
     * @param reportJson the run's report; null when there is none
     */
    public void close(
            long run, Instant finishedAt, String outcome, RequestCounts requests, RowCounts rows, String reportJson) {
        transactions.run(connection -> {
            try (PreparedStatement s = connection.prepareStatement(CLOSE)) {
                Instants.set(s, 1, finishedAt);
                s.setString(2, outcome);
                s.setInt(3, requests.planned());
                s.setInt(4, requests.sent());
                s.setInt(5, requests.ok());
                s.setInt(6, requests.empty());
                s.setInt(7, requests.throttled());
                s.setInt(8, requests.failed());
                s.setInt(9, requests.skipped());
                s.setLong(10, rows.inserted());
                s.setLong(11, rows.changed());
                s.setLong(12, rows.unchanged());
                s.setLong(13, rows.removed());
                s.setLong(14, rows.rejected());
                s.setString(15, reportJson);
                s.setLong(16, run);
                return s.executeUpdate();
            }
        });
    }

    /** The newest runs, newest first. */
    public List<RunLine> recent(int limit) {
        return transactions.run(connection -> {
            try (PreparedStatement s = connection.prepareStatement(RECENT)) {
                s.setInt(1, limit);
                return lines(s);
            }
        });
    }

    public Optional<RunLine> find(long run) {
        return transactions.run(connection -> {
            try (PreparedStatement s = connection.prepareStatement(ONE)) {
                s.setLong(1, run);
                return lines(s).stream().findFirst();
            }
        });
    }

    /** The report of a run that was closed with one, as JSON. */
    public Optional<String> report(long run) {
        return transactions.run(connection -> {
            try (PreparedStatement s = connection.prepareStatement(REPORT)) {
                s.setLong(1, run);
                try (ResultSet r = s.executeQuery()) {
                    return r.next() ? Optional.of(r.getString(1)) : Optional.empty();
                }
            }
        });
    }

    private static List<RunLine> lines(PreparedStatement statement) throws SQLException {
        try (ResultSet r = statement.executeQuery()) {
            List<RunLine> lines = new ArrayList<>();
            while (r.next()) {
                lines.add(line(r));
            }
            return lines;
        }
    }

    private static RunLine line(ResultSet r) throws SQLException {
        return new RunLine(
                r.getLong("run"),
                Instants.get(r, "started_at"),
                Optional.ofNullable(Instants.get(r, "finished_at")),
                r.getString("outcome"),
                r.getString("door"),
                r.getString("host"),
                r.getLong("process"),
                r.getString("version"),
                new RequestCounts(
                        r.getInt("requests_planned"),
                        r.getInt("requests_sent"),
                        r.getInt("requests_ok"),
                        r.getInt("requests_empty"),
                        r.getInt("requests_throttled"),
                        r.getInt("requests_failed"),
                        r.getInt("requests_skipped")),
                new RowCounts(
                        r.getLong("rows_inserted"),
                        r.getLong("rows_changed"),
                        r.getLong("rows_unchanged"),
                        r.getLong("rows_removed"),
                        r.getLong("rows_rejected")));
    }
}
