-- The four roles of a warehouse, in the database that is connected to. To be run by an administrator, before
-- `alphakeep migrate`; README.md beside this file says how. Running it again changes nothing.
-- It is one plain statement: every client can run it. Names come from the session, as in
--   SET alphakeep.schema = 'market';  SET alphakeep.writer = 'market_writer';
-- No password is set here: psql's \password sends a hash of it.
DO $roles$
DECLARE
    the_schema  text := coalesce(nullif(current_setting('alphakeep.schema', true), ''), 'public');
    the_owner   text := coalesce(nullif(current_setting('alphakeep.owner', true), ''), 'alphakeep_owner');
    the_writer  text := coalesce(nullif(current_setting('alphakeep.writer', true), ''), 'alphakeep_writer');
    the_reader  text := coalesce(nullif(current_setting('alphakeep.reader', true), ''), 'alphakeep_reader');
    the_monitor text := coalesce(nullif(current_setting('alphakeep.monitor', true), ''), 'alphakeep_monitor');
    the_role    text;
BEGIN
    IF to_regnamespace(quote_ident(the_schema)) IS NULL THEN
        EXECUTE format('CREATE SCHEMA %I', the_schema);
    END IF;
    FOREACH the_role IN ARRAY ARRAY[the_owner, the_writer, the_reader, the_monitor] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = the_role) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', the_role);
        END IF;
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), the_role);
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', the_schema, the_role);
    END LOOP;

    -- migrate and maintain: tables, partitions and indexes are made by, and belong to, this role.
    EXECUTE format('GRANT CREATE ON SCHEMA %I TO %I', the_schema, the_owner);
    -- maintain compares a year with its months in a temporary table.
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO %I', current_database(), the_owner);

    -- advise: what other roles' sessions and queries do. Without it, it says what it could not see.
    BEGIN
        EXECUTE format('GRANT pg_monitor TO %I', the_monitor);
    EXCEPTION WHEN insufficient_privilege THEN
        RAISE WARNING 'pg_monitor was not granted to %: this role may not grant it', the_monitor;
    END;
END
$roles$;
