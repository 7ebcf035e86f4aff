-- Windows of a shard are numbered from 1 without gaps and loaded in that order; a later generation takes over ordinals of an earlier one.
SELECT
    b.stream || '/' || b.shard AS row_key,
    'newest window ' || CAST(MAX(b.ordinal) AS VARCHAR(20)) || ', windows ' || CAST(COUNT(DISTINCT b.ordinal) AS VARCHAR(20)) AS detail
FROM ops.load_batch b
GROUP BY b.stream, b.shard
HAVING MAX(b.ordinal) <> COUNT(DISTINCT b.ordinal) OR MIN(b.ordinal) <> 1
