DROP VIEW IF EXISTS bi.data_quality_daily;

CREATE VIEW bi.data_quality_daily AS
SELECT
    CAST(q.loaded_at AS DATE) AS loaded_date,
    q.stream,
    q.outcome,
    q.reason,
    SUM(q.events) AS events
FROM (
    SELECT loaded_at, stream, 'row' AS outcome, 'flight' AS reason, flight_rows AS events FROM ops.load_batch
    UNION ALL
    SELECT loaded_at, stream, 'row', 'baggage', baggage_rows FROM ops.load_batch
    UNION ALL
    SELECT loaded_at, stream, 'row', 'security', security_rows FROM ops.load_batch
    UNION ALL
    SELECT loaded_at, stream, 'row', 'ground', ground_rows FROM ops.load_batch
    UNION ALL
    SELECT b.loaded_at, b.stream, 'duplicate', 'arrived on another shard', b.duplicates
    FROM ops.load_batch b
    WHERE NOT EXISTS (
        SELECT 1 FROM ops.load_batch n
        WHERE n.stream = b.stream AND n.shard = b.shard AND n.generation > b.generation AND n.ordinal <= b.ordinal)
    UNION ALL
    -- What a later generation cleaned again counts once. The rows of the windows that it replaces stay where they are.
    SELECT b.loaded_at, b.stream, o.outcome, o.reason, o.events
    FROM ops.load_outcome o
    JOIN ops.load_batch b ON b.batch_id = o.batch_id
    WHERE NOT EXISTS (
        SELECT 1 FROM ops.load_batch n
        WHERE n.stream = b.stream AND n.shard = b.shard AND n.generation > b.generation AND n.ordinal <= b.ordinal)
    UNION ALL
    SELECT f.failed_at, b.stream, 'set aside', f.step, COUNT(*)
    FROM ops.build_failure f
    JOIN ops.load_batch b ON b.batch_id = f.batch_id
    GROUP BY f.failed_at, b.stream, f.step
) q
WHERE q.events > 0
GROUP BY CAST(q.loaded_at AS DATE), q.stream, q.outcome, q.reason;

COMMENT ON VIEW bi.data_quality_daily IS 'What became of the events, by the day they were cleaned and what it was, a row a day, stream, outcome and reason';
COMMENT ON COLUMN bi.data_quality_daily.loaded_date IS 'Day of the load, of rows set aside that of the build, UTC';
COMMENT ON COLUMN bi.data_quality_daily.stream IS 'Stream';
COMMENT ON COLUMN bi.data_quality_daily.outcome IS 'row, duplicate, refused; or repaired, which counts among the rows once for each repair; or set aside, rows that Gold is built without';
COMMENT ON COLUMN bi.data_quality_daily.reason IS 'Of a row its event type, of a duplicate where the first one arrived, of a refusal its reason, of a repair its id, of rows set aside the step that failed';
COMMENT ON COLUMN bi.data_quality_daily.events IS 'How many';
