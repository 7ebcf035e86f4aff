-- A reading is an event and stands for itself: only new ones are looked at.

CREATE TEMP TABLE new_fact_security_wait AS
SELECT
    COALESCE(o.security_wait_key, 0) AS security_wait_key,
    COALESCE(c.checkpoint_key, -1) AS checkpoint_key,
    COALESCE(a.airport_key, -1) AS airport_key,
    COALESCE(t.date_key, -1) AS reading_date_key,
    e.event_time AS measured_at,
    CASE WHEN e.wait_minutes BETWEEN 0 AND 600 THEN e.wait_minutes END AS wait_minutes,
    e.queue_length,
    e.lanes_open,
    e.passengers_screened,
    e.event_id
FROM staging.security_event e
JOIN build_batch b ON e.batch_id = b.batch_id
LEFT JOIN build_aside x ON x.entity = 'security_event' AND x.event_id = e.event_id
LEFT JOIN gold.dim_checkpoint c ON c.airport = e.airport AND c.checkpoint = e.checkpoint
LEFT JOIN gold.dim_airport a ON a.airport = e.airport
LEFT JOIN gold.dim_date t ON t.full_date = CAST(CONVERT_TIMEZONE('UTC', COALESCE(a.time_zone, 'UTC'), e.event_time) AS DATE)
LEFT JOIN gold.fact_security_wait o ON o.measured_at = e.event_time AND o.event_id = e.event_id
WHERE x.event_id IS NULL;

CREATE TEMP TABLE old_fact_security_wait AS
SELECT security_wait_key
FROM new_fact_security_wait
UNION ALL
SELECT o.security_wait_key
FROM build_new n
JOIN gold.fact_security_wait o ON o.measured_at = n.event_time AND o.event_id = n.event_id
WHERE n.entity = 'security_event' AND n.is_aside = 1;
