-- The books: how far each shard has come, and this build.

-- Nothing happened after it arrived: a watermark that an earlier version let run ahead ends there.
CREATE TEMP TABLE build_progress AS
SELECT
    b.stream,
    b.shard,
    MAX(GREATEST(b.ordinal, p.ordinal)) AS ordinal,
    MAX(GREATEST(CASE WHEN b.watermark > COALESCE(b.last_arrived, b.loaded_at) THEN COALESCE(b.last_arrived, b.loaded_at) ELSE b.watermark END, p.watermark)) AS watermark,
    MAX(GREATEST(b.last_arrived, p.last_arrived)) AS last_arrived
FROM build_batch b
LEFT JOIN ops.shard_built p ON p.stream = b.stream AND p.shard = b.shard
GROUP BY b.stream, b.shard;

MERGE INTO ops.shard_built
USING build_progress AS s
ON ops.shard_built.stream = s.stream AND ops.shard_built.shard = s.shard
WHEN MATCHED THEN UPDATE SET ordinal = s.ordinal, watermark = s.watermark, last_arrived = s.last_arrived
WHEN NOT MATCHED THEN INSERT (stream, shard, ordinal, watermark, last_arrived) VALUES (s.stream, s.shard, s.ordinal, s.watermark, s.last_arrived);

UPDATE ops.shard_built SET reached = watermark WHERE reached IS NULL OR watermark > reached;

-- A silent shard has come as far as the others had in what arrived while it was known to be silent. Where its note reaches behind all that is built,
-- ops.shard_reach says the same by itself; between two notes, the minutes before the last one tell.
CREATE TEMP TABLE build_reach AS
SELECT k.stream, k.shard, GREATEST(MAX(k.reached), MAX(CASE WHEN h.watermark > h.last_arrived THEN h.last_arrived ELSE h.watermark END)) AS reached
FROM ops.shard_reach k
LEFT JOIN ops.shard_built b ON b.stream = k.stream AND b.shard = k.shard
LEFT JOIN ops.shard_note n ON n.stream = k.stream AND n.shard = k.shard AND n.ordinal <= COALESCE(b.ordinal, 0) AND n.is_ended = FALSE
LEFT JOIN (
    SELECT a.stream, a.watermark, a.last_arrived
    FROM ops.load_batch a
    JOIN build_range r ON a.load_number <= r.to_load
) h ON h.stream = n.stream AND h.last_arrived <= n.empty_through AND h.last_arrived > DATEADD(minute, -10, n.empty_through)
GROUP BY k.stream, k.shard;

MERGE INTO ops.shard_built
USING build_reach AS s
ON ops.shard_built.stream = s.stream AND ops.shard_built.shard = s.shard
WHEN MATCHED THEN UPDATE SET reached = s.reached
WHEN NOT MATCHED THEN INSERT (stream, shard, ordinal, reached) VALUES (s.stream, s.shard, 0, s.reached);

-- A stream is complete up to its slowest shard; of several streams the newest counts, so that an old recording holds nothing up.
INSERT INTO ops.gold_build (build_number, from_load, to_load, is_full, batches, legs, inserted, changed, complete_until, built_at)
SELECT r.build_number, r.from_load, r.to_load, r.is_full, n.batches, l.legs, c.inserted, c.changed, p.complete_until, GETDATE()
FROM build_range r
CROSS JOIN (SELECT COUNT(*) AS batches FROM build_batch) n
CROSS JOIN (SELECT COUNT(*) AS legs FROM build_leg) l
JOIN ops.gold_build_table c ON c.build_number = r.build_number AND c.table_name = 'gold.fact_flight'
CROSS JOIN (SELECT MAX(complete_until) AS complete_until FROM ops.completeness) p;

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
DROP TABLE build_reach;
