-- The warehouse and its ledger. Names of the tables and columns of market and fundamental data are those of the
-- original plan: its users' queries must go on working. Everything is made in the schema that Flyway runs in.
-- Text keys are compared by bytes (COLLATE "C"): faster, and no index breaks when the host's C library changes its
-- collations.

-- Daily, intraday, weekly and monthly bars, and quotes.
-- The key has endpoint before timestamp because a ticker holds minute bars beside daily ones. It is at once the conflict
-- target, the high-water mark of a series and the covering index of the price queries.
-- There is no DEFAULT partition on purpose: it would take ACCESS EXCLUSIVE at every attach.
CREATE TABLE alpha_market_data (
    ticker            text COLLATE "C" NOT NULL,
    "timestamp"       timestamptz      NOT NULL,
    endpoint          text COLLATE "C" NOT NULL,
    api_function      text COLLATE "C" NOT NULL,
    open_price        numeric,
    high_price        numeric,
    low_price         numeric,
    close_price       numeric,
    volume            numeric,
    adjusted_close    numeric,
    dividend_amount   numeric,
    split_coefficient numeric,
    quality_flag      smallint         NOT NULL DEFAULT 0,
    raw_payload       jsonb,
    ingestion_epoch   bigint           NOT NULL,
    updated_at        timestamptz      NOT NULL,
    PRIMARY KEY (ticker, endpoint, "timestamp") INCLUDE (open_price, high_price, low_price, close_price, volume)
) PARTITION BY RANGE ("timestamp");

COMMENT ON TABLE alpha_market_data IS 'Bars and quotes, one row per ticker, series (endpoint) and instant; made and kept by alphakeep';
COMMENT ON COLUMN alpha_market_data."timestamp" IS 'Instant of the bar; daily and longer bars at 00:00 UTC of their date';
COMMENT ON COLUMN alpha_market_data.endpoint IS 'The series: the API function, and the interval where it has one';
COMMENT ON COLUMN alpha_market_data.quality_flag IS 'Bits: 1 high below low, 2 open or close outside the range, 4 negative or zero price, 8 zero volume, 16 spike, 32 gap before it, 64 running bar, 128 price missing; 0 is clean';
COMMENT ON COLUMN alpha_market_data.raw_payload IS 'What the answer held for this row and no column holds; null when nothing is left';
COMMENT ON COLUMN alpha_market_data.ingestion_epoch IS 'The run (alpha_run.run) that last wrote the row';

-- The numbers of fundamental documents are text, and "None" and "-" are among them: a plain cast would fail.
CREATE FUNCTION alpha_numeric(value text) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN value ~ '^[+-]?([0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})([eE][+-]?[0-9]{1,2})?$' THEN value::numeric END;

COMMENT ON FUNCTION alpha_numeric(text) IS 'The number that the text holds, or null where it holds none';

-- Company overviews and statements. The numbers that people screen by are generated columns with a covering index each.
CREATE TABLE alpha_fundamental_data (
    ticker          text COLLATE "C" NOT NULL,
    data_type       text COLLATE "C" NOT NULL,
    period          text COLLATE "C" NOT NULL,
    as_of           date             NOT NULL,
    financial_data  jsonb            NOT NULL,
    raw_payload     jsonb,
    ingestion_epoch bigint           NOT NULL,
    updated_at      timestamptz      NOT NULL,
    market_cap      numeric GENERATED ALWAYS AS (alpha_numeric(financial_data ->> 'MarketCapitalization')) STORED,
    pe_ratio        numeric GENERATED ALWAYS AS (alpha_numeric(financial_data ->> 'PERatio')) STORED,
    dividend_yield  numeric GENERATED ALWAYS AS (alpha_numeric(financial_data ->> 'DividendYield')) STORED,
    eps             numeric GENERATED ALWAYS AS (alpha_numeric(financial_data ->> 'EPS')) STORED,
    beta            numeric GENERATED ALWAYS AS (alpha_numeric(financial_data ->> 'Beta')) STORED,
    PRIMARY KEY (ticker, data_type, period, as_of)
);

CREATE INDEX idx_alpha_fund_market_cap ON alpha_fundamental_data (market_cap) INCLUDE (ticker) WHERE data_type = 'overview';
CREATE INDEX idx_alpha_fund_pe_ratio ON alpha_fundamental_data (pe_ratio) INCLUDE (ticker) WHERE data_type = 'overview';
CREATE INDEX idx_alpha_fund_dividend_yield ON alpha_fundamental_data (dividend_yield) INCLUDE (ticker) WHERE data_type = 'overview';
CREATE INDEX idx_alpha_fund_eps ON alpha_fundamental_data (eps) INCLUDE (ticker) WHERE data_type = 'overview';
CREATE INDEX idx_alpha_fund_beta ON alpha_fundamental_data (beta) INCLUDE (ticker) WHERE data_type = 'overview';

COMMENT ON TABLE alpha_fundamental_data IS 'Company overviews and statements, one row per ticker, kind, period and fiscal date; made and kept by alphakeep';
COMMENT ON COLUMN alpha_fundamental_data.period IS 'annual, quarterly, to_date (the running fiscal year in annual earnings) or latest (as_of 9999-12-31)';
COMMENT ON COLUMN alpha_fundamental_data.financial_data IS 'Every key of the answer; "None", "-" and "" are JSON null; overviews also carry MarketCap, the plan''s name of MarketCapitalization';
COMMENT ON COLUMN alpha_fundamental_data.raw_payload IS 'The keys whose text was altered, as they came; null when none was';

-- One line per run, written when it starts and closed when it ends. A run at work moves alive_until on with each lease, by
-- the database's clock: a line without an outcome whose alive_until is past is a run that was killed.
CREATE TABLE alpha_run (
    run                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at         timestamptz NOT NULL,
    finished_at        timestamptz,
    alive_until        timestamptz NOT NULL DEFAULT clock_timestamp() + interval '1 minute',
    outcome            text COLLATE "C" CHECK (outcome IN ('done', 'postponed', 'partial', 'stopped', 'failed')),
    door               text COLLATE "C" NOT NULL,
    host               text NOT NULL,
    process            bigint NOT NULL,
    version            text NOT NULL,
    requests_planned   integer NOT NULL DEFAULT 0,
    requests_sent      integer NOT NULL DEFAULT 0,
    requests_ok        integer NOT NULL DEFAULT 0,
    requests_empty     integer NOT NULL DEFAULT 0,
    requests_throttled integer NOT NULL DEFAULT 0,
    requests_failed    integer NOT NULL DEFAULT 0,
    requests_skipped   integer NOT NULL DEFAULT 0,
    rows_inserted      bigint NOT NULL DEFAULT 0,
    rows_changed       bigint NOT NULL DEFAULT 0,
    rows_unchanged     bigint NOT NULL DEFAULT 0,
    rows_removed       bigint NOT NULL DEFAULT 0,
    rows_rejected      bigint NOT NULL DEFAULT 0,
    report             jsonb
) WITH (fillfactor = 70);
CREATE INDEX alpha_run_started_at ON alpha_run (started_at);

-- One line per answered request, in the transaction of its rows.
CREATE TABLE alpha_request (
    request        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run            bigint NOT NULL,
    ticker         text COLLATE "C" NOT NULL,
    endpoint       text COLLATE "C" NOT NULL,
    parameters     jsonb NOT NULL,
    requested_at   timestamptz NOT NULL,
    outcome        text COLLATE "C" NOT NULL,
    http_status    integer NOT NULL,
    duration_ms    integer NOT NULL,
    body_bytes     bigint NOT NULL,
    meta           jsonb,
    message        text,
    rows_inserted  bigint NOT NULL DEFAULT 0,
    rows_changed   bigint NOT NULL DEFAULT 0,
    rows_unchanged bigint NOT NULL DEFAULT 0,
    rows_removed   bigint NOT NULL DEFAULT 0,
    rows_rejected  bigint NOT NULL DEFAULT 0
);
CREATE INDEX alpha_request_requested_at ON alpha_request (requested_at);
CREATE INDEX alpha_request_series ON alpha_request (ticker, endpoint, requested_at);

-- How far each series is kept, and who is working on it. Leases expire by the database's clock.
CREATE TABLE alpha_watermark (
    ticker           text COLLATE "C" NOT NULL,
    endpoint         text COLLATE "C" NOT NULL,
    api_function     text COLLATE "C" NOT NULL,
    first_timestamp  timestamptz,
    last_timestamp   timestamptz,
    last_answer_at   timestamptz,
    last_attempt_at  timestamptz,
    failures_in_row  integer NOT NULL DEFAULT 0,
    parked_reason    text,
    refresh_owed     boolean NOT NULL DEFAULT false,
    full_refused     boolean NOT NULL DEFAULT false,
    backfill_from    date,
    backfill_through date,
    lease_run        bigint,
    lease_until      timestamptz,
    PRIMARY KEY (ticker, endpoint)
) WITH (fillfactor = 70);

-- Rows of answers that could not be stored, with the reason.
CREATE TABLE alpha_reject (
    reject      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run         bigint NOT NULL,
    ticker      text COLLATE "C" NOT NULL,
    endpoint    text COLLATE "C" NOT NULL,
    rejected_at timestamptz NOT NULL,
    reason      text COLLATE "C" NOT NULL,
    place       text NOT NULL,
    detail      text NOT NULL,
    payload     text NOT NULL
);
CREATE INDEX alpha_reject_rejected_at ON alpha_reject (rejected_at);

-- The allowance of each key, by the key's fingerprint. recent holds the reserved instants of the last minute: second and
-- minute are sliding windows over it. The day is counted in UTC and in US Eastern; the stricter one wins.
CREATE TABLE alpha_budget (
    fingerprint      text COLLATE "C" PRIMARY KEY,
    recent           timestamptz[] NOT NULL DEFAULT '{}',
    utc_day          date NOT NULL,
    utc_used         integer NOT NULL DEFAULT 0,
    eastern_day      date NOT NULL,
    eastern_used     integer NOT NULL DEFAULT 0,
    paused_until     timestamptz,
    day_closed_until timestamptz,
    updated_at       timestamptz NOT NULL
) WITH (fillfactor = 50);

-- What is to be kept.
CREATE TABLE alpha_watch (
    ticker        text COLLATE "C" NOT NULL,
    api_function  text COLLATE "C" NOT NULL,
    interval_text text COLLATE "C" NOT NULL DEFAULT '',
    from_date     date,
    priority      integer NOT NULL DEFAULT 0 CHECK (priority BETWEEN -100 AND 100),
    every_seconds bigint CHECK (every_seconds > 0),
    added_at      timestamptz NOT NULL,
    PRIMARY KEY (ticker, api_function, interval_text)
);

-- Policies, and the warehouse's own mark: ('warehouse', '"demo"') says that its data is simulated.
CREATE TABLE alpha_policy (
    name       text COLLATE "C" PRIMARY KEY,
    value      jsonb NOT NULL,
    updated_at timestamptz NOT NULL
);

-- What maintenance did, and what it postponed and why.
CREATE TABLE alpha_maintenance (
    step        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action      text COLLATE "C" NOT NULL,
    target      text NOT NULL,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz,
    outcome     text COLLATE "C" NOT NULL CHECK (outcome IN ('done', 'nothing', 'postponed', 'failed')),
    detail      text
);
CREATE INDEX alpha_maintenance_started_at ON alpha_maintenance (started_at);
