package io.alphakeep.maintain.statistics;

import io.alphakeep.db.Instants;
import io.alphakeep.db.Transactions;
import io.alphakeep.maintain.Outside;
import io.alphakeep.maintain.Part;
import io.alphakeep.maintain.StepResult;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ANALYZE where it is due. It takes SHARE UPDATE EXCLUSIVE on the table, which readers and writers do not mind; where
 * somebody holds what conflicts, SKIP_LOCKED passes the table over with a warning, and the step is postponed.
 */
public final class StatisticsPart implements Part<AnalyzeStep> {

    // Ours by a list, not by their names: others may have an alpha_x too, and what retention detached is on its way
    // out. ANALYZE of what the role does not own only warns. A partition that is being detached belongs to nobody any
    // more. The ledger is small, pruned after this, and analysed by autovacuum in its own time.
    private static final String TABLES = """
            SELECT c.relname, p.relname AS parent, c.relkind = 'p' AS parted, c.reltuples AS rows,
                   coalesce(s.n_live_tup, 0) AS live, coalesce(s.n_mod_since_analyze, 0) AS changed,
                   greatest(s.last_analyze, s.last_autoanalyze) AS analyzed_at,
                   (SELECT max(finished_at) FROM alpha_maintenance
                    WHERE c.relkind = 'p' AND outcome = 'done' AND action IN ('merge', 'move', 'fold', 'expire')
                      AND starts_with(target, c.relname)) AS exchanged_at,
                   current_setting('server_version_num')::integer / 10000 AS version
            FROM pg_class c
            LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
            LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND NOT i.inhdetachpending
            LEFT JOIN pg_class p ON p.oid = i.inhparent
            WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
              AND c.relkind IN ('r', 'p') AND pg_has_role(c.relowner, 'USAGE')
              AND (c.relname IN ('alpha_market_data', 'alpha_market_data_archive', 'alpha_fundamental_data',
                                 'alpha_watermark', 'alpha_budget', 'alpha_watch', 'alpha_policy', 'alpha_archive')
                   OR p.relnamespace = c.relnamespace AND p.relname IN ('alpha_market_data', 'alpha_market_data_archive'))
            """;

    private static final String COUNT = """
            SELECT analyze_count FROM pg_stat_all_tables WHERE relid = to_regclass(quote_ident(?))
            """;

    private final Transactions transactions;
    private final Outside outside;
    private final Clock clock;

    public StatisticsPart(Transactions transactions, Outside outside, Clock clock) {
        this.transactions = transactions;
        this.outside = outside;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "statistics";
    }

    @Override
    public List<AnalyzeStep> plan() {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TABLES);
                    ResultSet rows = statement.executeQuery()) {
                List<TableState> tables = new ArrayList<>();
                int version = 0;
                while (rows.next()) {
                    version = rows.getInt("version");
                    tables.add(new TableState(
                            rows.getString("relname"),
                            Optional.ofNullable(rows.getString("parent")),
                            rows.getBoolean("parted"),
                            rows.getDouble("rows"),
                            rows.getLong("live"),
                            rows.getLong("changed"),
                            Optional.ofNullable(Instants.get(rows, "analyzed_at")),
                            Optional.ofNullable(Instants.get(rows, "exchanged_at"))));
                }
                return StatisticsPlanner.plan(transactions.schema(), tables, clock.instant(), version);
            }
        });
    }

    @Override
    public StepResult run(AnalyzeStep step) {
        long before = analyzed(step.table());
        outside.run(step.sql().get(0));
        // A table that was passed over is told by a warning alone.
        return analyzed(step.table()) > before
                ? StepResult.done(step.why())
                : StepResult.postponed("passed over: another session holds a lock on it");
    }

    /** How often it was analysed; -1 when it is gone. */
    private long analyzed(String table) {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
                statement.setString(1, table);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? row.getLong(1) : -1;
                }
            }
        });
    }
}
