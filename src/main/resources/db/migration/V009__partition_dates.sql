-- The functions that make partitions have the owner's rights: who may only write could fill the catalogue with months that
-- nobody needs. Partitions are made for 1900 and later, and for 36 months after the running one at most (the policy
-- partition.months-ahead ends at 24). The rest is as V005 has it; rights and owner stay.
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
    IF (lower_date BETWEEN '1900-01-01' AND date_trunc('month', now()) + interval '36 months') IS NOT TRUE THEN
        RAISE EXCEPTION 'alpha_create_partition: no partition of % from %: it must begin in 1900 or later, and at most 36 months from now',
            table_name, lower_date
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
