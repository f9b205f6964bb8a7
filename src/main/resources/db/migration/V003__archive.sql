-- Tables that are on their way into a partition, or out of one. A line is written and removed in the transaction of the
-- change it tells of, so that a pass that was killed finds here what is half-done, and nothing else is ever dropped.
--   copy     a yearly copy of monthly partitions, complete, not attached yet; it holds all that was older than source_xmin
--            when it was made, and everybody whose snapshot is younger than copied_xid sees it
--   merged   a monthly partition whose rows are in copied_to by now; detached, to be dropped
--   expired  a partition that retention detached; to be dropped once drop_after is past
CREATE TABLE alpha_archive (
    relation     text COLLATE "C" PRIMARY KEY,
    state        text COLLATE "C" NOT NULL CHECK (state IN ('copy', 'merged', 'expired')),
    parent       text COLLATE "C" NOT NULL,
    copied_to    text COLLATE "C",
    lower_bound  timestamptz NOT NULL,
    upper_bound  timestamptz NOT NULL,
    source_xmin  xid8,
    copied_xid   xid8,
    row_count    bigint,
    row_hash     numeric,
    since        timestamptz NOT NULL,
    drop_after   timestamptz
);

COMMENT ON TABLE alpha_archive IS 'Tables on their way into or out of the partitions of a table; empty when nothing is';
COMMENT ON COLUMN alpha_archive.row_hash IS 'Sum of hash_record_extended over all rows, taken under a lock that kept writers out';
