-- What writer, reader and monitor may do with the tables, and nothing more. To be run by the owner of the tables after
-- each `alphakeep migrate`; README.md beside this file says how. Running it again takes back what an earlier version gave
-- and this one does not need.
-- One plain statement, with names from the session, as in roles.sql.
DO $grants$
DECLARE
    the_schema  text := coalesce(nullif(current_setting('alphakeep.schema', true), ''), 'public');
    the_writer  text := coalesce(nullif(current_setting('alphakeep.writer', true), ''), 'alphakeep_writer');
    the_reader  text := coalesce(nullif(current_setting('alphakeep.reader', true), ''), 'alphakeep_reader');
    the_monitor text := coalesce(nullif(current_setting('alphakeep.monitor', true), ''), 'alphakeep_monitor');
    the_role    text;
    the_table   record;
    the_grant   record;
BEGIN
    FOREACH the_role IN ARRAY ARRAY[the_writer, the_reader, the_monitor] LOOP
        FOR the_table IN
            SELECT c.oid::regclass AS name
            FROM pg_class c
            WHERE c.relnamespace = to_regnamespace(quote_ident(the_schema)) AND c.relname LIKE 'alpha\_%'
              AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition
        LOOP
            EXECUTE format('REVOKE ALL ON %s FROM %I', the_table.name, the_role);
        END LOOP;
    END LOOP;

    FOR the_grant IN
        SELECT g.role_name, g.rights, to_regclass(format('%I.%I', the_schema, g.table_name)) AS name
        FROM (VALUES
            -- ingest, plan, watch, status, doctor, serve. It makes its partitions through functions that check what
            -- they are asked. It can't change policies: retention among them removes data, by the owner's maintenance.
            (the_writer,  'alpha_market_data',         'SELECT, INSERT, UPDATE, DELETE'),
            (the_writer,  'alpha_fundamental_data',    'SELECT, INSERT, UPDATE'),
            (the_writer,  'alpha_run',                 'SELECT, INSERT, UPDATE'),
            (the_writer,  'alpha_request',             'SELECT, INSERT'),
            (the_writer,  'alpha_watermark',           'SELECT, INSERT, UPDATE'),
            (the_writer,  'alpha_reject',              'SELECT, INSERT'),
            (the_writer,  'alpha_budget',              'SELECT, INSERT, UPDATE'),
            (the_writer,  'alpha_watch',               'SELECT, INSERT, UPDATE, DELETE'),
            (the_writer,  'alpha_policy',              'SELECT'),
            (the_writer,  'alpha_maintenance',         'SELECT, INSERT'),
            (the_writer,  'alpha_tick',                'SELECT, INSERT, UPDATE'),
            (the_writer,  'alpha_schema_history',      'SELECT'),
            -- People and programs that use the data.
            (the_reader,  'alpha_market_data',         'SELECT'),
            (the_reader,  'alpha_market_data_archive', 'SELECT'), -- with archive.mode=detach, from its first pass on
            (the_reader,  'alpha_fundamental_data',    'SELECT'),
            (the_reader,  'alpha_latest_bar',          'SELECT'),
            (the_reader,  'alpha_daily_bar',           'SELECT'),
            -- status, advise, and a serve that only watches: the ledger, and nothing of the data.
            (the_monitor, 'alpha_run',                 'SELECT'),
            (the_monitor, 'alpha_request',             'SELECT'),
            (the_monitor, 'alpha_reject',              'SELECT'),
            (the_monitor, 'alpha_watermark',           'SELECT'),
            (the_monitor, 'alpha_watch',               'SELECT'),
            (the_monitor, 'alpha_budget',              'SELECT'),
            (the_monitor, 'alpha_policy',              'SELECT'),
            (the_monitor, 'alpha_maintenance',         'SELECT'),
            (the_monitor, 'alpha_schema_history',      'SELECT')
        ) AS g (role_name, table_name, rights)
    LOOP
        IF the_grant.name IS NOT NULL THEN
            EXECUTE format('GRANT %s ON %s TO %I', the_grant.rights, the_grant.name, the_grant.role_name);
        END IF;
    END LOOP;

    EXECUTE format('GRANT EXECUTE ON FUNCTION %1$I.create_monthly_partition(text, date), %1$I.create_yearly_partition(text, date) TO %2$I',
                   the_schema, the_writer);
END
$grants$;
