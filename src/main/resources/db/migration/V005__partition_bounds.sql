-- With the number of its table pg_get_expr opens that table, and waits for whoever holds it: a VACUUM FULL or DDL on one
-- month kept all others from being made. A bound has no columns in it, so that 0 reads the same from the catalogue alone.
-- The rest is as V002 has it; rights and owner stay.
CREATE OR REPLACE FUNCTION alpha_create_partition(table_name text, suffix text, lower_date date, upper_date date) RETURNS boolean
    LANGUAGE plpgsql
    SET TimeZone = 'UTC'
    SET search_path = "${flyway:defaultSchema}", pg_temp
AS $$
DECLARE
    parent    regclass := to_regclass(quote_ident(table_name));
    partition text     := table_name || '_' || suffix;
BEGIN
    IF parent IS NULL OR NOT EXISTS (
        SELECT FROM pg_partitioned_table p WHERE p.partrelid = parent AND table_name LIKE 'alpha\_%'
    ) THEN
        RAISE EXCEPTION 'alpha_create_partition: % is not a partitioned table of alphakeep', quote_ident(table_name)
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF EXISTS (
        SELECT
        FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        CROSS JOIN LATERAL regexp_match(pg_get_expr(c.relpartbound, 0), $re$^FOR VALUES FROM \('([^']+)'\) TO \('([^']+)'\)$re$) AS bound
        WHERE i.inhparent = parent
          AND bound[1]::timestamptz <= lower_date::timestamptz
          AND bound[2]::timestamptz >= upper_date::timestamptz
    ) THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE INCLUDING COMPRESSION)',
                   partition, table_name);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                   table_name, partition, lower_date::timestamptz, upper_date::timestamptz);
    RETURN true;
END
$$;
