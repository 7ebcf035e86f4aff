-- Each build takes up the loads where the one before it stopped; a full one takes them all.
SELECT
    'build ' || CAST(b.build_number AS VARCHAR(20)) AS row_key,
    'starts after load ' || CAST(b.from_load AS VARCHAR(20)) || ', the one before ended with ' || CAST(b.previous_load AS VARCHAR(20)) AS detail
FROM (
    SELECT build_number, from_load, is_full, COALESCE(LAG(to_load) OVER (ORDER BY build_number), 0) AS previous_load
    FROM ops.gold_build
) b
WHERE b.is_full = FALSE AND b.from_load <> b.previous_load
