-- Records that the stream dropped before Silver read them, or may have: they are missing here for good.
SELECT
    b.batch_id AS row_key,
    'records after ' || b.gap_after || ', arrived between ' || TO_CHAR(b.gap_from, 'YYYY-MM-DD HH24:MI:SS') || ' and ' || TO_CHAR(b.gap_until, 'YYYY-MM-DD HH24:MI:SS') AS detail
FROM ops.load_batch b
WHERE b.gap_after IS NOT NULL
