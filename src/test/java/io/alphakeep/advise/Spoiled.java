package io.alphakeep.advise;

/** What makes a good server a bad one. */
final class Spoiled {

    static final String[] STATEMENTS = {
        "ALTER SYSTEM SET autovacuum = off",
        "ALTER SYSTEM SET checkpoint_timeout = '1min'",
        "ALTER SYSTEM SET work_mem = '64kB'",
        "ALTER DATABASE postgres SET temp_buffers = '800kB'",
        "SELECT pg_reload_conf()",
        "CREATE EXTENSION pg_stat_statements",
        "CREATE EXTENSION pgstattuple",
        "CREATE INDEX alpha_request_twice ON alpha_request (requested_at)",
        "CREATE INDEX alpha_watch_short ON alpha_watch (priority)",
        "CREATE INDEX alpha_watch_long ON alpha_watch (priority, added_at)",
        "CREATE INDEX left_behind ON alpha_watch (from_date)",
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'left_behind'::regclass",
        "DROP INDEX idx_alpha_fund_pe_ratio, idx_alpha_fund_market_cap_text",
        "ALTER TABLE alpha_watermark SET (autovacuum_enabled = false)",
        "CREATE TABLE alpha_market_data_rest PARTITION OF alpha_market_data DEFAULT",
        "SELECT pg_create_physical_replication_slot('nobody', true)",
        "INSERT INTO alpha_reject (run, ticker, endpoint, rejected_at, reason, place, detail, payload)"
                + " SELECT i, '', '', now(), '', '', '', '' FROM generate_series(1, 12000) i",
        "DELETE FROM alpha_reject",
        "INSERT INTO alpha_fundamental_data (ticker, data_type, period, as_of, financial_data, ingestion_epoch, updated_at)"
                + " SELECT 'T' || i, 'overview', 'latest', '9999-12-31',"
                + " jsonb_build_object('Sector', 'S' || i % 5000, 'Text', repeat(md5(i::text), 30)), 1, now()"
                + " FROM generate_series(1, 9000) i",
        "ANALYZE",
        "SELECT * FROM alpha_market_data WHERE raw_payload::text LIKE '%AAPL%'",
        "SELECT ticker FROM alpha_fundamental_data WHERE financial_data ->> 'Sector' = 'S7'"
    };

    private Spoiled() {}
}
