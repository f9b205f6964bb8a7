-- A run of before is not to be held up behind a wait for its table; migrate can be run again.
SET LOCAL lock_timeout = '5s';

-- Permits are reserved in blocks: recent_count says how many requests each instant of recent stands for. The day may begin
-- at a minute after UTC's midnight that a setting names; it is counted beside the days of UTC and of US Eastern.
ALTER TABLE alpha_budget
    ADD COLUMN recent_count  integer[] NOT NULL DEFAULT '{}',
    ADD COLUMN custom_minute smallint CHECK (custom_minute BETWEEN 1 AND 1439),
    ADD COLUMN custom_day    date,
    ADD COLUMN custom_used   integer NOT NULL DEFAULT 0;

UPDATE alpha_budget SET recent_count = array_fill(1, ARRAY[cardinality(recent)]) WHERE cardinality(recent) > 0;
