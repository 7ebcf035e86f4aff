-- The books: how far each shard has come, and this build.

CREATE TEMP TABLE build_progress AS
SELECT b.stream, b.shard, MAX(GREATEST(b.watermark, p.watermark)) AS watermark
FROM build_batch b
LEFT JOIN ops.shard_progress p ON p.stream = b.stream AND p.shard = b.shard
WHERE b.watermark IS NOT NULL
GROUP BY b.stream, b.shard;

MERGE INTO ops.shard_progress
USING build_progress AS s
ON ops.shard_progress.stream = s.stream AND ops.shard_progress.shard = s.shard
WHEN MATCHED THEN UPDATE SET watermark = s.watermark
WHEN NOT MATCHED THEN INSERT (stream, shard, watermark) VALUES (s.stream, s.shard, s.watermark);

-- A stream is complete up to its slowest shard; of several streams the newest counts, so that an old recording holds nothing up.
INSERT INTO ops.gold_build (build_number, from_load, to_load, is_full, batches, legs, inserted, changed, complete_until, built_at)
SELECT r.build_number, r.from_load, r.to_load, r.is_full, n.batches, l.legs, c.inserted, c.changed, p.complete_until, GETDATE()
FROM build_range r
CROSS JOIN (SELECT COUNT(*) AS batches FROM build_batch) n
CROSS JOIN (SELECT COUNT(*) AS legs FROM build_leg) l
JOIN ops.gold_build_table c ON c.build_number = r.build_number AND c.table_name = 'gold.fact_flight'
CROSS JOIN (
    SELECT MAX(s.slowest) AS complete_until
    FROM (SELECT stream, MIN(watermark) AS slowest FROM ops.shard_progress GROUP BY stream) s
) p;

DROP TABLE build_range;
DROP TABLE build_batch;
DROP TABLE build_tail;
DROP TABLE build_leg;
DROP TABLE build_event;
DROP TABLE build_state;
DROP TABLE build_before;
DROP TABLE build_flight;
DROP TABLE build_link;
DROP TABLE build_moved;
DROP TABLE build_progress;
