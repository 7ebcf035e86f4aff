-- Windows of a shard are numbered from 1 without gaps and loaded in that order.
SELECT
    b.stream || '/' || b.shard AS row_key,
    'newest window ' || CAST(MAX(b.ordinal) AS VARCHAR(20)) || ', windows ' || CAST(COUNT(*) AS VARCHAR(20)) AS detail
FROM ops.load_batch b
GROUP BY b.stream, b.shard
HAVING MAX(b.ordinal) <> COUNT(*) OR MIN(b.ordinal) <> 1
