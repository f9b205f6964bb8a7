package io.alphakeep.testkit;

import java.util.ArrayList;
import java.util.List;

/** What a warehouse holds, without who wrote it and when: two that were filled on different ways are compared by it. */
public final class Contents {

    private Contents() {}

    /** Rows, watermarks, ledger and rejects: all that an undisturbed run leaves the same way. */
    public static List<List<String>> all(TestDatabase database) {
        List<List<String>> all = series(database);
        all.addAll(database.query("""
                SELECT ticker, endpoint, outcome, rows_inserted, rows_changed, rows_unchanged, rows_removed, rows_rejected
                FROM alpha_request ORDER BY ticker, endpoint"""));
        all.addAll(database.query("SELECT count(*) FROM alpha_reject"));
        return all;
    }

    /** Of each series its number of rows, a checksum over them in order, and how far it is; no requests that failed. */
    public static List<List<String>> series(TestDatabase database) {
        List<List<String>> all = new ArrayList<>(database.query("""
                SELECT ticker, endpoint, count(*), md5(string_agg(
                    (to_jsonb(m) - 'ingestion_epoch' - 'updated_at')::text, '|' ORDER BY "timestamp"))
                FROM alpha_market_data m GROUP BY ticker, endpoint ORDER BY ticker, endpoint"""));
        all.addAll(database.query("""
                SELECT ticker, data_type, count(*), md5(string_agg(
                    (to_jsonb(f) - 'ingestion_epoch' - 'updated_at')::text, '|' ORDER BY period, as_of))
                FROM alpha_fundamental_data f GROUP BY ticker, data_type ORDER BY ticker, data_type"""));
        all.addAll(database.query("""
                SELECT ticker, endpoint, first_timestamp, last_timestamp, failures_in_row, parked_reason, refresh_owed,
                       full_refused, lease_run, lease_until
                FROM alpha_watermark ORDER BY ticker, endpoint"""));
        return all;
    }
}
