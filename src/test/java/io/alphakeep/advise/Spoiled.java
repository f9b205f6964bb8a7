package io.alphakeep.advise;

import java.util.List;
import java.util.TreeSet;

/** What makes a good server a bad one. */
final class Spoiled {

    /** In force with the next start. */
    static final List<String> SETTINGS = List.of(
            "ALTER SYSTEM SET autovacuum = off",
            "ALTER SYSTEM SET fsync = off",
            "ALTER SYSTEM SET full_page_writes = off",
            "ALTER SYSTEM SET synchronous_commit = off",
            "ALTER SYSTEM SET checkpoint_timeout = '1min'",
            "ALTER SYSTEM SET max_wal_size = '256MB'",
            "ALTER SYSTEM SET wal_buffers = '64kB'",
            "ALTER SYSTEM SET shared_buffers = '16MB'",
            "ALTER SYSTEM SET max_connections = 19",
            "ALTER SYSTEM SET effective_cache_size = '16MB'",
            "ALTER SYSTEM SET log_min_duration_statement = -1",
            "ALTER SYSTEM SET autovacuum_vacuum_scale_factor = 0.3",
            "ALTER SYSTEM RESET maintenance_work_mem",
            "ALTER DATABASE postgres SET temp_buffers = '800kB'",
            "ALTER ROLE postgres SET work_mem = '64kB'",
            "ALTER ROLE postgres IN DATABASE postgres SET random_page_cost = 40");

    /** In postgresql.conf. */
    static final String CONFIGURED = "maintenance_work_mem = '1MB'";

    private static final String MONTHS = "SELECT format('alpha_market_data_%s', to_char(now() AT TIME ZONE 'UTC'"
            + " + interval '1 month' * n, 'YYYY_MM')) FROM generate_series(";

    /** The partition of the running month. */
    static final String THIS_MONTH = MONTHS + "0, 0) n";

    static final String OVERVIEWS =
            "INSERT INTO alpha_fundamental_data (ticker, data_type, period, as_of, financial_data, ingestion_epoch, updated_at)"
                    + " SELECT 'T' || i, 'overview', 'latest', '9999-12-31',"
                    + " jsonb_build_object('Sector', 'S' || i % 5000, 'Text', repeat(md5(i::text), 30)), 1, now()"
                    + " FROM generate_series(1, 9000) i";

    static final List<String> OBJECTS = List.of(
            "CREATE INDEX alpha_request_twice ON alpha_request (requested_at)",
            "CREATE INDEX alpha_watch_short ON alpha_watch (priority) WITH (fillfactor = 70)",
            "CREATE INDEX alpha_watch_long ON alpha_watch (priority, added_at)",
            "DROP INDEX idx_alpha_fund_pe_ratio, idx_alpha_fund_market_cap_text",
            "ALTER TABLE alpha_watermark SET (autovacuum_enabled = false)",
            "DO $$ DECLARE name text; BEGIN FOR name IN " + MONTHS + "1, 3) n LOOP EXECUTE 'DROP TABLE ' || name;"
                    + " END LOOP; END $$",
            "CREATE TABLE alpha_market_data_rest PARTITION OF alpha_market_data DEFAULT",
            "CREATE TABLE alpha_many (i int) PARTITION BY LIST (i)",
            "DO $$ BEGIN FOR i IN 1..201 LOOP EXECUTE format('CREATE TABLE alpha_many_%s PARTITION OF alpha_many"
                    + " FOR VALUES IN (%s)', i, i); END LOOP; END $$",
            "SELECT pg_create_physical_replication_slot('nobody', true)",
            "INSERT INTO alpha_reject (run, ticker, endpoint, rejected_at, reason, place, detail, payload)"
                    + " SELECT i, '', '', now(), '', '', '', '' FROM generate_series(1, 12000) i",
            "DELETE FROM alpha_reject",
            OVERVIEWS,
            "INSERT INTO alpha_market_data (ticker, \"timestamp\", endpoint, api_function, quality_flag, ingestion_epoch,"
                    + " updated_at) SELECT 'T' || i, now(), 'TIME_SERIES_DAILY', 'TIME_SERIES_DAILY', 0, 1, now()"
                    + " FROM generate_series(1, 10000) i",
            // Most of what its index holds is gone.
            "CREATE TABLE alpha_sparse (i int, digest text)",
            "CREATE INDEX alpha_sparse_digest ON alpha_sparse (digest)",
            "INSERT INTO alpha_sparse SELECT i, md5(i::text) FROM generate_series(1, 260000) i",
            "DELETE FROM alpha_sparse WHERE i > 50000",
            // VACUUM has made free space of what is gone, all over the table.
            "CREATE TABLE alpha_hollow (i int, filler text)",
            "INSERT INTO alpha_hollow SELECT i, repeat('x', 400) FROM generate_series(1, 30000) i",
            "DELETE FROM alpha_hollow WHERE i % 10 <> 0",
            "VACUUM alpha_hollow",
            "CREATE INDEX alpha_market_flag ON alpha_market_data (quality_flag)",
            "CREATE TABLE alpha_large (i int)",
            "ANALYZE",
            "SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', 'alpha_sparse', 'relpages', 3000,"
                    + " 'reltuples', 10000000::real)",
            "SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', 'alpha_large', 'relpages', 3000,"
                    + " 'reltuples', 100000000::real)",
            "SELECT * FROM alpha_market_data WHERE raw_payload::text LIKE '%AAPL%'",
            "SELECT ticker FROM alpha_fundamental_data WHERE financial_data ->> 'Sector' = 'S7'",
            "SELECT pg_sleep(1.01), count(*) FROM alpha_large",
            // The program's own: nobody can ask it otherwise.
            "SELECT /* alphakeep */ count(*) FROM alpha_fundamental_data WHERE financial_data ->> 'Text' = 'x'");

    /** What no statement of the advice does: somebody asks otherwise, archives, lets maintenance make an index. */
    static final List<String> BY_HAND = List.of(
            "SELECT pg_stat_statements_reset()",
            "SELECT * FROM alpha_market_data WHERE raw_payload @> '{\"key\": \"AAPL\"}'",
            "SELECT ticker FROM alpha_fundamental_data WHERE data_type = 'overview' AND market_cap > 1e9",
            "DROP TABLE alpha_many, alpha_large",
            "VACUUM (ANALYZE) alpha_sparse",
            "DO $$ DECLARE name text; BEGIN FOR name IN " + THIS_MONTH
                    + " LOOP EXECUTE 'CREATE INDEX by_age ON ' || name ||"
                    + " ' (ticker, \"timestamp\") WHERE api_function = ''TIME_SERIES_DAILY'''; END LOOP; END $$");

    /** Mended by SQL that can be taken back. */
    static final List<String> MENDED = List.of(
            "autovacuum-off",
            "autovacuum-scale",
            "autovacuum-table",
            "checkpoint-timeout",
            "effective-cache-size",
            "fsync-off",
            "full-page-writes-off",
            "index-duplicate alpha_request_twice",
            "index-missing alpha_fundamental_data.idx_alpha_fund_market_cap_text",
            "index-missing alpha_fundamental_data.idx_alpha_fund_pe_ratio",
            "index-redundant alpha_watch_short",
            "log-min-duration",
            "maintenance-work-mem",
            "max-connections",
            "max-wal-size",
            "partition-default",
            "partitions-ahead",
            "random-page-cost",
            "shared-buffers",
            "synchronous-commit-off",
            "temp-buffers",
            "wal-buffers",
            "work-mem");

    /** Mended for good, or not by SQL. */
    static final List<String> GONE = List.of(
            "index-bloat alpha_sparse_digest",
            "index-invalid left_behind",
            "partition-large",
            "partitions-many",
            "query-full-scan",
            "query-json-as-text",
            "query-slow",
            "replication-slot",
            "table-bloat",
            "table-free-space");

    /** What an hour of standing open, or a month of counting, makes of it. */
    static final List<String> WITH_TIME = List.of(
            "idle-in-transaction",
            "index-unused alpha_market_flag",
            "index-unused alpha_sparse_digest",
            "long-transaction",
            "prepared-transaction");

    private Spoiled() {}

    /** All of it, as it is told; with lz4 where the server has that. */
    static List<String> found(String thisMonth, boolean lz4) {
        TreeSet<String> all = new TreeSet<>(MENDED);
        all.addAll(GONE);
        all.add("index-missing " + thisMonth);
        if (lz4) {
            all.add("toast-compression");
        }
        return List.copyOf(all);
    }
}
