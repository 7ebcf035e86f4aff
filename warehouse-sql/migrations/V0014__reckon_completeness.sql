-- Completeness that neither stands still with a shard that is silent or has ended, nor runs ahead with a clock that is wrong.

ALTER TABLE ops.load_batch ADD COLUMN last_arrived TIMESTAMP;
ALTER TABLE ops.load_batch ADD COLUMN gap_after VARCHAR(129);
ALTER TABLE ops.load_batch ADD COLUMN gap_from TIMESTAMP;
ALTER TABLE ops.load_batch ADD COLUMN gap_until TIMESTAMP;
--postgres:CREATE INDEX load_batch_arrived ON ops.load_batch (stream, last_arrived);

COMMENT ON COLUMN ops.load_batch.watermark IS 'How far its rows have come in event time, UTC; null when it has none';
COMMENT ON COLUMN ops.load_batch.last_arrived IS 'When its last record arrived on the stream, UTC; null when an earlier version loaded it';
COMMENT ON COLUMN ops.load_batch.gap_after IS 'Last record before a hole in front of this window, whose records were lost; null for none';
COMMENT ON COLUMN ops.load_batch.gap_from IS 'When the last record before the hole arrived, UTC';
COMMENT ON COLUMN ops.load_batch.gap_until IS 'When the first record behind the hole arrived, UTC';

CREATE TABLE ops.shard_built (
    stream VARCHAR(255) NOT NULL,
    shard VARCHAR(1024) NOT NULL,
    ordinal BIGINT NOT NULL,
    watermark TIMESTAMP,
    last_arrived TIMESTAMP,
    reached TIMESTAMP,
    PRIMARY KEY (stream, shard)
) DISTSTYLE ALL;

COMMENT ON TABLE ops.shard_built IS 'How far builds have come in each shard';
COMMENT ON COLUMN ops.shard_built.stream IS 'Stream';
COMMENT ON COLUMN ops.shard_built.shard IS 'Shard of the stream';
COMMENT ON COLUMN ops.shard_built.ordinal IS 'Newest window built; 0 for none';
COMMENT ON COLUMN ops.shard_built.watermark IS 'Greatest watermark of the windows built, none later than its last arrival, UTC';
COMMENT ON COLUMN ops.shard_built.last_arrived IS 'Latest arrival among the windows built, UTC';
COMMENT ON COLUMN ops.shard_built.reached IS 'Event time up to which the shard was complete at the last build, by the rule of ops.shard_reach, UTC';

-- What a clock that was ahead did to earlier books is undone: nothing was loaded before it arrived.
INSERT INTO ops.shard_built (stream, shard, ordinal, watermark)
SELECT b.stream, b.shard, MAX(b.ordinal), MAX(CASE WHEN b.watermark > b.loaded_at THEN b.loaded_at ELSE b.watermark END)
FROM ops.load_batch b
CROSS JOIN (SELECT COALESCE(MAX(to_load), 0) AS to_load FROM ops.gold_build) g
WHERE b.load_number <= g.to_load
GROUP BY b.stream, b.shard;

UPDATE ops.shard_built SET reached = watermark;

DROP TABLE ops.shard_progress;

CREATE TABLE ops.shard_note (
    stream VARCHAR(255) NOT NULL,
    shard VARCHAR(1024) NOT NULL,
    ordinal BIGINT NOT NULL,
    empty_through TIMESTAMP NOT NULL,
    is_ended BOOLEAN NOT NULL,
    noted_at TIMESTAMP NOT NULL,
    PRIMARY KEY (stream, shard)
) DISTSTYLE ALL;

COMMENT ON TABLE ops.shard_note IS 'Shards that were silent or have ended, as their worker noted; the loader takes it from the lake';
COMMENT ON COLUMN ops.shard_note.stream IS 'Stream';
COMMENT ON COLUMN ops.shard_note.shard IS 'Shard of the stream';
COMMENT ON COLUMN ops.shard_note.ordinal IS 'Its newest window then; 0 for none';
COMMENT ON COLUMN ops.shard_note.empty_through IS 'All that arrived on the shard up to this time is in windows up to that one, UTC';
COMMENT ON COLUMN ops.shard_note.is_ended IS 'Whether the shard is closed and read to its end';
COMMENT ON COLUMN ops.shard_note.noted_at IS 'When it was taken, UTC';

CREATE TABLE ops.shard_child (
    stream VARCHAR(255) NOT NULL,
    shard VARCHAR(1024) NOT NULL,
    child VARCHAR(1024) NOT NULL,
    PRIMARY KEY (stream, shard, child)
) DISTSTYLE ALL;

COMMENT ON TABLE ops.shard_child IS 'What ended shards were split or merged into';
COMMENT ON COLUMN ops.shard_child.stream IS 'Stream';
COMMENT ON COLUMN ops.shard_child.shard IS 'Shard that has ended';
COMMENT ON COLUMN ops.shard_child.child IS 'Shard that follows it';

-- How far each shard has come. A shard that was silent through all that has arrived and is built holds nobody up: it has come as far as the one that
-- has come furthest. A child starts where its parents ended. A shard that has ended is left out once each of its children has come somewhere.
CREATE VIEW ops.shard_reach AS
WITH known AS (
    SELECT stream, shard FROM ops.shard_built
    UNION
    SELECT stream, shard FROM ops.shard_note
),
newest AS (
    SELECT stream, MAX(watermark) AS watermark, MAX(last_arrived) AS last_arrived FROM ops.shard_built GROUP BY stream
),
own AS (
    SELECT
        k.stream,
        k.shard,
        CASE WHEN n.is_ended = TRUE AND n.ordinal <= COALESCE(b.ordinal, 0) THEN TRUE ELSE FALSE END AS is_ended,
        CASE
            WHEN n.is_ended = FALSE AND n.ordinal <= COALESCE(b.ordinal, 0) AND (w.last_arrived IS NULL OR n.empty_through >= w.last_arrived)
                THEN GREATEST(b.reached, w.watermark)
            ELSE b.reached
        END AS reached
    FROM known k
    LEFT JOIN ops.shard_built b ON b.stream = k.stream AND b.shard = k.shard
    LEFT JOIN ops.shard_note n ON n.stream = k.stream AND n.shard = k.shard
    LEFT JOIN newest w ON w.stream = k.stream
),
inherited AS (
    SELECT c.stream, c.child, MIN(o.reached) AS reached
    FROM ops.shard_child c
    JOIN own o ON o.stream = c.stream AND o.shard = c.shard
    GROUP BY c.stream, c.child
),
both_ways AS (
    SELECT o.stream, o.shard, o.is_ended, GREATEST(o.reached, i.reached) AS reached
    FROM own o
    LEFT JOIN inherited i ON i.stream = o.stream AND i.child = o.shard
),
followed AS (
    SELECT c.stream, c.shard, COUNT(*) AS children, COUNT(b.reached) AS reckoned
    FROM ops.shard_child c
    LEFT JOIN both_ways b ON b.stream = c.stream AND b.shard = c.child
    GROUP BY c.stream, c.shard
)
SELECT
    b.stream,
    b.shard,
    b.reached,
    CASE WHEN b.is_ended = TRUE AND f.children = f.reckoned THEN TRUE ELSE FALSE END AS is_left_out
FROM both_ways b
LEFT JOIN followed f ON f.stream = b.stream AND f.shard = b.shard;

COMMENT ON VIEW ops.shard_reach IS 'Event time up to which each shard is complete in the star schema';
COMMENT ON COLUMN ops.shard_reach.stream IS 'Stream';
COMMENT ON COLUMN ops.shard_reach.shard IS 'Shard of the stream';
COMMENT ON COLUMN ops.shard_reach.reached IS 'Event time up to which it is complete, UTC; null while nothing is known';
COMMENT ON COLUMN ops.shard_reach.is_left_out IS 'Whether it has ended and others have taken its place';

CREATE VIEW ops.completeness AS
SELECT stream, MIN(reached) AS complete_until
FROM ops.shard_reach
WHERE is_left_out = FALSE
GROUP BY stream;

COMMENT ON VIEW ops.completeness IS 'Event time up to which each stream is complete in the star schema';
COMMENT ON COLUMN ops.completeness.stream IS 'Stream';
COMMENT ON COLUMN ops.completeness.complete_until IS 'Event time up to which its slowest shard is complete, UTC';
