-- Partitions are made through functions with the owner's rights, so that the writer needs none of its own. Bounds are
-- UTC instants whatever the session's zone: made under New York and under UTC they would overlap.
-- LIKE and ATTACH take SHARE UPDATE EXCLUSIVE on the parent; CREATE … PARTITION OF would take ACCESS EXCLUSIVE.

-- Makes table_name_suffix for [lower_date, upper_date), unless a partition holds all of it already; says
-- whether it did.
CREATE FUNCTION alpha_create_partition(table_name text, suffix text, lower_date date, upper_date date) RETURNS boolean
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
        CROSS JOIN LATERAL regexp_match(pg_get_expr(c.relpartbound, c.oid), $re$^FOR VALUES FROM \('([^']+)'\) TO \('([^']+)'\)$re$) AS bound
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

-- The plan's function: the month of start_date.
CREATE FUNCTION create_monthly_partition(table_name text, start_date date) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET TimeZone = 'UTC'
    SET search_path = "${flyway:defaultSchema}", pg_temp
AS $$
DECLARE
    first_day date := date_trunc('month', start_date::timestamp)::date;
BEGIN
    RETURN alpha_create_partition(table_name, to_char(first_day, 'YYYY_MM'), first_day, (first_day + interval '1 month')::date);
END
$$;

-- The same for years that are old enough to be kept as one.
CREATE FUNCTION create_yearly_partition(table_name text, start_date date) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET TimeZone = 'UTC'
    SET search_path = "${flyway:defaultSchema}", pg_temp
AS $$
DECLARE
    first_day date := date_trunc('year', start_date::timestamp)::date;
BEGIN
    RETURN alpha_create_partition(table_name, to_char(first_day, 'YYYY'), first_day, (first_day + interval '1 year')::date);
END
$$;

REVOKE ALL ON FUNCTION alpha_create_partition(text, text, date, date) FROM PUBLIC;
REVOKE ALL ON FUNCTION create_monthly_partition(text, date) FROM PUBLIC;
REVOKE ALL ON FUNCTION create_yearly_partition(text, date) FROM PUBLIC;

-- The newest bar of each series that is kept.
CREATE VIEW alpha_latest_bar AS
SELECT m.*
FROM alpha_watermark w
JOIN alpha_market_data m ON m.ticker = w.ticker AND m.endpoint = w.endpoint AND m."timestamp" = w.last_timestamp;

COMMENT ON VIEW alpha_latest_bar IS 'The newest bar of each ticker and series';

-- Daily bars by date: in a session of New York, "timestamp"::date of 00:00 UTC would be the day before.
-- A bound on "timestamp" prunes partitions, one on date does not.
CREATE VIEW alpha_daily_bar AS
SELECT ticker,
       ("timestamp" AT TIME ZONE 'UTC')::date AS date,
       open_price, high_price, low_price, close_price, volume,
       adjusted_close, dividend_amount, split_coefficient,
       quality_flag, endpoint, "timestamp"
FROM alpha_market_data
WHERE endpoint IN ('TIME_SERIES_DAILY', 'TIME_SERIES_DAILY_ADJUSTED');

COMMENT ON VIEW alpha_daily_bar IS 'Daily bars with their date; bound "timestamp" too where speed matters';
