package io.alphakeep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a warehouse holds, without who wrote it and when: two that were filled on different ways are compared by it. A column
 * that is added later is compared, unless it is named here; a table that is added later has to be.
 */
public final class Contents {

    /**
     * What tells who wrote a row and when: times, numbers of runs and of lines. Of the watermark also how far the look for gaps
     * has come, which depends on how long the runs took; what it found is compared.
     */
    private static final Map<String, String> LEFT_OUT = Map.of(
            "alpha_market_data", "ingestion_epoch,updated_at",
            "alpha_fundamental_data", "ingestion_epoch,updated_at",
            "alpha_watermark",
                    "last_answer_at,last_attempt_at,backfill_at,gap_asked_at,gap_checked_at,gap_checked_through,gap_pass_at",
            "alpha_request", "request,run,requested_at,duration_ms",
            "alpha_reject", "reject,run,rejected_at",
            "alpha_watch", "added_at",
            "alpha_policy", "updated_at",
            "alpha_tick", "tick",
            "alpha_maintenance", "step,started_at,finished_at",
            "alpha_archive", "");

    /** A line per run, and what was reserved: a kill costs some of both, which the tests count. And the migrations. */
    private static final Set<String> NOT_COMPARED = Set.of("alpha_run", "alpha_budget", "alpha_schema_history");

    private Contents() {}

    /** Every table: all that an undisturbed run leaves the same way. */
    public static List<List<String>> all(TestDatabase database) {
        Set<String> tables = new HashSet<>(LEFT_OUT.keySet());
        tables.addAll(NOT_COMPARED);
        assertThat(database.query("""
                SELECT relname FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"""))
                .extracting(row -> row.get(0))
                .as("tables, each of which is to be compared or named here")
                .containsExactlyInAnyOrderElementsOf(tables);
        List<List<String>> all = series(database);
        for (String table : List.of(
                "alpha_request",
                "alpha_reject",
                "alpha_watch",
                "alpha_policy",
                "alpha_tick",
                "alpha_maintenance",
                "alpha_archive")) {
            all.addAll(rows(database, table));
        }
        all.addAll(database.query("""
                SELECT c.relname, pg_get_expr(c.relpartbound, 0) FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid
                WHERE c.relkind = 'r' ORDER BY c.relname"""));
        return all;
    }

    /** Of each series its number of rows, a checksum over them in order, and how far it is; no requests that failed. */
    public static List<List<String>> series(TestDatabase database) {
        List<List<String>> all = new ArrayList<>(database.query("""
                SELECT ticker, endpoint, count(*), md5(string_agg((to_jsonb(t) - '{%s}'::text[])::text, '|' ORDER BY "timestamp"))
                FROM alpha_market_data t GROUP BY ticker, endpoint ORDER BY ticker, endpoint""".formatted(LEFT_OUT.get("alpha_market_data"))));
        all.addAll(database.query("""
                SELECT ticker, data_type, count(*), md5(string_agg((to_jsonb(t) - '{%s}'::text[])::text, '|' ORDER BY period, as_of))
                FROM alpha_fundamental_data t GROUP BY ticker, data_type ORDER BY ticker, data_type""".formatted(LEFT_OUT.get("alpha_fundamental_data"))));
        all.addAll(rows(database, "alpha_watermark"));
        all.addAll(database.query("""
                SELECT ticker, endpoint, last_answer_at IS NULL, last_attempt_at IS NULL, backfill_at IS NULL, gap_asked_at IS NULL
                FROM alpha_watermark ORDER BY ticker, endpoint"""));
        return all;
    }

    private static List<List<String>> rows(TestDatabase database, String table) {
        return database.query("SELECT '" + table + "', line FROM (SELECT (to_jsonb(t) - '{" + LEFT_OUT.get(table)
                + "}'::text[])::text AS line FROM " + table + " t) AS lines ORDER BY line COLLATE \"C\"");
    }
}
