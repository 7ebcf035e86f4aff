-- Which window of which lake a row of the journal speaks of: the loader compares it with the manifest before it goes on.

ALTER TABLE ops.load_batch ADD COLUMN generation INTEGER NOT NULL DEFAULT 1;
ALTER TABLE ops.load_batch ADD COLUMN manifest_sha256 VARCHAR(64);
ALTER TABLE ops.load_batch ADD COLUMN kept_rows BIGINT NOT NULL DEFAULT 0;

--postgres:CREATE INDEX load_batch_generation ON ops.load_batch (stream, shard, generation, ordinal);

COMMENT ON COLUMN ops.load_batch.batch_id IS 'STREAM/SHARD/ORDINAL, from the second generation on STREAM/SHARD/gN/ORDINAL';
COMMENT ON COLUMN ops.load_batch.generation IS 'Generation of the lake that wrote the window, from 1; a restore begins a new one';
COMMENT ON COLUMN ops.load_batch.manifest_sha256 IS 'SHA-256 of the window''s manifest, in hex; null when it was loaded before the journal kept it';
COMMENT ON COLUMN ops.load_batch.kept_rows IS 'Rows not loaded because a window of an earlier generation, in whose place this one stands, had loaded them';
