package io.alphakeep.ledger;

import io.alphakeep.db.Instants;
import io.alphakeep.db.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what {@code alphakeep status} shows: the ledger and the server's own estimates, never the big tables' rows. */
public final class Status {

    private static final int MAX_LINES = 200;

    private static final String SERIES = """
            SELECT count(*) AS watched,
                   count(*) FILTER (WHERE w.last_answer_at IS NULL) AS never_answered,
                   count(*) FILTER (WHERE w.parked_reason IS NOT NULL) AS parked,
                   count(*) FILTER (WHERE w.failures_in_row > 0 AND w.parked_reason IS NULL) AS failing
            FROM alpha_watch l
            LEFT JOIN alpha_watermark w
                ON w.ticker = l.ticker
               AND w.endpoint = CASE WHEN l.interval_text = '' THEN l.api_function ELSE l.api_function || '_' || l.interval_text END
            """;

    private static final String SPANS = """
            SELECT api_function, count(*) AS series, min(first_timestamp) AS oldest, max(last_timestamp) AS newest
            FROM alpha_watermark
            GROUP BY api_function
            ORDER BY api_function
            LIMIT ?
            """;

    // A partition that was never analyzed has reltuples -1; the server's counter of live rows fills in.
    private static final String TABLES = """
            SELECT t.relname AS table_name,
                   sum(COALESCE(NULLIF(leaf.reltuples, -1)::bigint, pg_stat_get_live_tuples(leaf.oid))) AS rows,
                   sum(pg_total_relation_size(leaf.oid)) AS bytes,
                   count(leaf.oid) FILTER (WHERE leaf.oid <> t.oid) AS partitions
            FROM pg_class t
            JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
            LEFT JOIN LATERAL (
                SELECT c.oid, c.reltuples
                FROM pg_partition_tree(t.oid) p
                JOIN pg_class c ON c.oid = p.relid
                WHERE t.relkind = 'p' AND p.isleaf AND c.relkind = 'r'
                UNION ALL
                SELECT t.oid, t.reltuples WHERE t.relkind = 'r'
            ) AS leaf ON true
            WHERE t.relname LIKE 'alpha\\_%' AND t.relkind IN ('r', 'p') AND NOT t.relispartition
            GROUP BY t.relname
            ORDER BY t.relname
            LIMIT ?
            """;

    private static final String REJECTS =
            "SELECT count(*) FROM alpha_reject WHERE rejected_at > clock_timestamp() - interval '7 days'";

    private static final String MAINTENANCE = """
            SELECT finished_at, outcome, coalesce(detail, '') AS detail
            FROM alpha_maintenance
            WHERE action = 'pass'
            ORDER BY started_at DESC, step DESC
            LIMIT 1
            """;

    private final Transactions transactions;
    private final Runs runs;

    public Status(Transactions transactions) {
        this.transactions = transactions;
        this.runs = new Runs(transactions);
    }

    /**
     * @param maxRuns how many of the newest runs
     * @throws io.alphakeep.db.DatabaseException the database refused, is gone, or holds no warehouse
     */
    public StatusFacts read(int maxRuns) {
        List<RunLine> recent = runs.recent(maxRuns);
        return transactions.run(connection -> new StatusFacts(
                recent,
                series(connection),
                spans(connection),
                tables(connection),
                maintenance(connection),
                rejects(connection)));
    }

    private static StatusFacts.SeriesCounts series(Connection connection) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(SERIES);
                ResultSet r = s.executeQuery()) {
            r.next();
            return new StatusFacts.SeriesCounts(
                    r.getLong("watched"), r.getLong("never_answered"), r.getLong("parked"), r.getLong("failing"));
        }
    }

    private static List<StatusFacts.FunctionSpan> spans(Connection connection) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(SPANS)) {
            s.setInt(1, MAX_LINES);
            try (ResultSet r = s.executeQuery()) {
                List<StatusFacts.FunctionSpan> spans = new ArrayList<>();
                while (r.next()) {
                    spans.add(new StatusFacts.FunctionSpan(
                            r.getString("api_function"),
                            r.getLong("series"),
                            Optional.ofNullable(Instants.get(r, "oldest")),
                            Optional.ofNullable(Instants.get(r, "newest"))));
                }
                return spans;
            }
        }
    }

    private static List<StatusFacts.TableSize> tables(Connection connection) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(TABLES)) {
            s.setInt(1, MAX_LINES);
            try (ResultSet r = s.executeQuery()) {
                List<StatusFacts.TableSize> tables = new ArrayList<>();
                while (r.next()) {
                    tables.add(new StatusFacts.TableSize(
                            r.getString("table_name"), r.getLong("rows"), r.getLong("bytes"), r.getInt("partitions")));
                }
                return tables;
            }
        }
    }

    private static Optional<StatusFacts.MaintenancePass> maintenance(Connection connection) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(MAINTENANCE);
                ResultSet r = s.executeQuery()) {
            return r.next()
                    ? Optional.of(new StatusFacts.MaintenancePass(
                            Instants.get(r, "finished_at"), r.getString("outcome"), r.getString("detail")))
                    : Optional.empty();
        }
    }

    private static long rejects(Connection connection) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(REJECTS);
                ResultSet r = s.executeQuery()) {
            r.next();
            return r.getLong(1);
        }
    }
}
