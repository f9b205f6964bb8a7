-- Which time of its schedule each job was last done for, so that of several copies that keep the same schedule one does it.
CREATE TABLE alpha_tick (
    job  text COLLATE "C" PRIMARY KEY,
    tick timestamptz NOT NULL
);
COMMENT ON TABLE alpha_tick IS 'The last time of its schedule that each scheduled job was begun for';
