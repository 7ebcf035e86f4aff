-- Loads take turns by locking this table, which nobody reads: on Redshift a lock on ops.load_batch would hold up builds and readers of the journal,
-- and on either engine the right to lock a table is a right to change it.
CREATE TABLE ops.load_lock (
    is_held BOOLEAN
) DISTSTYLE ALL;

COMMENT ON TABLE ops.load_lock IS 'Always empty; loads lock it';
COMMENT ON COLUMN ops.load_lock.is_held IS 'Never filled';
