-- A run of before is not to be held up behind a wait for its table; migrate can be run again.
SET LOCAL lock_timeout = '5s';

-- What is known of holes in a series' stored history; filled by the runs, looked at a little in each.
ALTER TABLE alpha_watermark
    ADD COLUMN backfill_at         timestamptz,
    ADD COLUMN gap_checked_at      timestamptz,
    ADD COLUMN gap_checked_through date,
    ADD COLUMN gap_pass_at         timestamptz,
    ADD COLUMN gap_asked_at        timestamptz,
    ADD COLUMN gap_from            date,
    ADD COLUMN gap_through         date,
    ADD COLUMN gap_sessions        integer;

COMMENT ON COLUMN alpha_watermark.gap_checked_through IS 'Up to this date no session is missing that the source has: it is stored, or was asked for and is absent there too';
COMMENT ON COLUMN alpha_watermark.gap_from IS 'The first session missing between stored bars, to be asked for; null when none is known';
