package io.alphakeep.advise.seen;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Queries that were asked, by pg_stat_statements. They are judged by their counters and their text, never explained: the
 * planner runs functions that a text calls, with the rights of who explains it, and the text is anybody's.
 */
final class QueryReader {

    private static final String SCHEMA = """
            SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
            WHERE e.extname = 'pg_stat_statements'
            """;

    // The same statement of several roles is one. This program's own are left out, whoever reads can't change them:
    // those that say so, those that write, and those that ask nothing but its ledger. The comment stands behind the
    // first word, since what stands before it is not kept by every version.
    private static final String QUERIES = """
            SELECT queryid::text AS id, min(left(query, 2000)) AS text, sum(calls)::bigint AS calls,
                   sum(total_exec_time) / sum(calls) AS mean, sum(shared_blks_hit + shared_blks_read) / sum(calls) AS blocks,
                   sum(rows)::float8 / sum(calls) AS rows,
                   sum(total_exec_time) / nullif((SELECT sum(total_exec_time) FROM %1$s.pg_stat_statements
                       WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())), 0) AS share
            FROM %1$s.pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND query ~* '^\\s*(/\\*.*\\*/\\s*)?(select|with)\\y' AND calls > 0
              AND regexp_replace(query, '\\yalpha_(archive|budget|maintenance|policy|reject|request|run|schema_history|tick|watch'
                                        || '|watermark)\\y', '', 'gi') ~* '\\yalpha_'
              AND query !~ '/\\* alphakeep \\*/'
              AND query !~* '\\y(insert\\s+into|delete\\s+from|merge\\s+into|update\\s+\\S+\\s+((as\\s+)?\\w+\\s+)?set)\\y'
            GROUP BY queryid ORDER BY sum(total_exec_time) DESC LIMIT 200
            """;

    private static final String HIDDEN =
            "SELECT count(*) FROM %1$s.pg_stat_statements WHERE query = '<insufficient privilege>'";

    /** Quoted; empty when the extension is not there. */
    String schema(Connection connection) throws SQLException {
        List<String> found = ObservedReader.rows(connection, SCHEMA, row -> row.getString(1));
        return found.isEmpty() ? "" : found.get(0);
    }

    long hidden(Connection connection, String schema) throws SQLException {
        return ObservedReader.rows(connection, HIDDEN.formatted(schema), row -> row.getLong(1))
                .get(0);
    }

    List<Observed.Query> read(Connection connection, String schema) throws SQLException {
        return ObservedReader.rows(
                connection,
                QUERIES.formatted(schema),
                row -> new Observed.Query(
                        row.getString("id"),
                        row.getString("text"),
                        row.getLong("calls"),
                        row.getDouble("mean"),
                        row.getDouble("blocks"),
                        row.getDouble("rows"),
                        row.getDouble("share")));
    }
}
