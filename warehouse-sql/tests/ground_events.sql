-- Every built ground event that is not set aside is the start or the end of exactly one service, and every service is made of such events.
SELECT
    c.event_id AS row_key,
    CAST(SUM(c.staged) AS VARCHAR(20)) || ' in staging, in ' || CAST(SUM(c.used) AS VARCHAR(20)) || ' services' AS detail
FROM (
    SELECT start_event_id AS event_id, 0 AS staged, 1 AS used FROM gold.fact_ground_service WHERE start_event_id IS NOT NULL
    UNION ALL
    SELECT end_event_id, 0, 1 FROM gold.fact_ground_service WHERE end_event_id IS NOT NULL
    UNION ALL
    SELECT e.event_id, 1, 0
    FROM staging.ground_event e
    JOIN ops.load_batch b ON b.batch_id = e.batch_id
    LEFT JOIN ops.build_failure f ON f.entity = 'ground_event' AND f.event_id = e.event_id
    WHERE b.load_number <= (SELECT COALESCE(MAX(to_load), 0) FROM ops.gold_build) AND f.event_id IS NULL
) c
GROUP BY c.event_id
HAVING SUM(c.staged) <> SUM(c.used)
