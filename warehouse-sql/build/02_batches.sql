-- The batches of those loads. A full build takes all of them again, so that all keys are touched.

CREATE TEMP TABLE build_batch AS
SELECT b.batch_id, b.stream, b.shard, b.ordinal, b.watermark, b.last_arrived, b.loaded_at
FROM ops.load_batch b
JOIN build_range r ON b.load_number > r.from_load AND b.load_number <= r.to_load;

--postgres:ANALYZE build_batch;
