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
INSERT INTO ops.gold_build (build_number, from_load, to_load, batches, legs, inserted, changed, complete_until, built_at)
SELECT b.build_number, b.from_load, b.to_load, n.batches, l.legs, l.inserted, c.changed, p.complete_until, GETDATE()
FROM build_range b
CROSS JOIN (SELECT COUNT(*) AS batches FROM build_batch) n
CROSS JOIN (SELECT COUNT(*) AS legs, COALESCE(SUM(CASE WHEN flight_key = 0 THEN 1 ELSE 0 END), 0) AS inserted FROM build_fact) l
CROSS JOIN (SELECT COUNT(DISTINCT row_key) AS changed FROM build_restatement) c
CROSS JOIN (
    SELECT MAX(s.slowest) AS complete_until
    FROM (SELECT stream, MIN(watermark) AS slowest FROM ops.shard_progress GROUP BY stream) s
) p;

DROP TABLE build_range;
DROP TABLE build_batch;
DROP TABLE build_leg;
DROP TABLE build_event;
DROP TABLE build_state;
DROP TABLE build_month;
DROP TABLE build_fact;
DROP TABLE build_pair;
DROP TABLE build_restatement;
DROP TABLE build_progress;
