-- Events of keys that are left out join ops.build_failure, all that the key has ever had. What earlier builds made of them goes, because their keys
-- are touched and have no events any more.

UPDATE build_new SET is_aside = 1
FROM build_failed f
WHERE f.entity = build_new.entity AND f.row_key = build_new.row_key;

CREATE TEMP TABLE build_left_out AS
SELECT DISTINCT n.entity, n.row_key, n.airport, n.airline, n.flight_number, COALESCE(n.flight_suffix, '') AS flight_suffix, n.flight_date, n.origin, n.bag_tag,
    n.service, COALESCE(n.tail_number, n.gate, '') AS subject, CAST(n.event_time AS DATE) AS event_date,
    CASE WHEN n.airline <> '' AND n.flight_number IS NOT NULL AND n.flight_date IS NOT NULL THEN 1 ELSE 0 END AS is_named
FROM build_new n
WHERE n.is_aside = 1;

--postgres:ANALYZE build_left_out;

CREATE TEMP TABLE build_fresh AS
SELECT k.entity, k.row_key, k.event_id, k.batch_id, k.tail_number
FROM (
    SELECT n.entity, n.row_key, n.event_id, n.batch_id, n.tail_number
    FROM build_new n
    WHERE n.is_aside = 1
    UNION
    SELECT l.entity, l.row_key, e.event_id, e.batch_id, e.tail_number
    FROM build_left_out l
    JOIN staging.flight_event e
        ON e.flight_date = l.flight_date
        AND e.airline = l.airline
        AND e.flight_number = l.flight_number
        AND e.origin = l.origin
        AND COALESCE(e.flight_suffix, '') = l.flight_suffix
    WHERE l.entity = 'flight_event' AND e.codeshare_of IS NULL
    UNION
    SELECT l.entity, l.row_key, e.event_id, e.batch_id, NULL
    FROM build_left_out l
    JOIN staging.baggage_event e ON e.bag_tag = l.bag_tag
    WHERE l.entity = 'baggage_event'
    UNION
    SELECT l.entity, l.row_key, e.event_id, e.batch_id, e.tail_number
    FROM build_left_out l
    JOIN staging.ground_event e
        ON e.flight_date = l.flight_date
        AND e.airline = l.airline
        AND e.flight_number = l.flight_number
        AND e.airport = l.airport
        AND e.service = l.service
        AND COALESCE(e.flight_suffix, '') = l.flight_suffix
    WHERE l.entity = 'ground_event' AND l.is_named = 1
    UNION
    SELECT l.entity, l.row_key, e.event_id, e.batch_id, e.tail_number
    FROM build_left_out l
    JOIN staging.ground_event e
        ON e.airport = l.airport
        AND e.event_time >= CAST(l.event_date AS TIMESTAMP)
        AND e.event_time < DATEADD(day, 1, CAST(l.event_date AS TIMESTAMP))
        AND e.service = l.service
        AND COALESCE(e.tail_number, e.gate, '') = l.subject
    WHERE l.entity = 'ground_event' AND l.is_named = 0 AND (COALESCE(e.airline, '') = '' OR e.flight_number IS NULL OR e.flight_date IS NULL)
) k
LEFT JOIN ops.build_failure o ON o.entity = k.entity AND o.event_id = k.event_id
WHERE o.event_id IS NULL;

INSERT INTO ops.build_failure (entity, row_key, event_id, batch_id, step, sql_state, message, build_number, failed_at)
SELECT f.entity, f.row_key, f.event_id, f.batch_id, k.step, k.sql_state, k.message, r.build_number, GETDATE()
FROM build_fresh f
JOIN build_failed k ON k.entity = f.entity AND k.row_key = f.row_key
CROSS JOIN build_range r;

CREATE TEMP TABLE build_aside AS
SELECT f.entity, f.event_id
FROM ops.build_failure f
UNION ALL
SELECT h.entity, h.event_id
FROM build_hidden h;

--postgres:ANALYZE build_aside;
