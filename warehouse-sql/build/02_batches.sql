-- The batches of those loads. A full build takes all of them again, so that all keys are touched; a retry those with events that were set aside.

CREATE TEMP TABLE build_batch AS
SELECT b.batch_id, b.stream, b.shard, b.ordinal, b.watermark, b.last_arrived, b.loaded_at
FROM ops.load_batch b
JOIN build_range r ON b.load_number > r.from_load AND b.load_number <= r.to_load
UNION
SELECT b.batch_id, b.stream, b.shard, b.ordinal, b.watermark, b.last_arrived, b.loaded_at
FROM ops.build_failure f
JOIN ops.load_batch b ON b.batch_id = f.batch_id
JOIN build_range r ON b.load_number <= r.from_load
WHERE r.is_retry = TRUE;

--postgres:ANALYZE build_batch;

DELETE FROM ops.build_failure USING build_range WHERE build_range.is_retry = TRUE;

-- Keys that are left out: those of earlier builds, and what this one adds.
CREATE TEMP TABLE build_failed AS
SELECT k.entity, k.row_key, k.step, k.sql_state, k.message
FROM ops.key_set_aside k;

-- Events that this build does not see, besides those of these keys: the search for a key that fails tries a part of them at a time.
CREATE TEMP TABLE build_hidden AS
SELECT f.entity, f.event_id
FROM ops.build_failure f
WHERE 1 = 0;

-- The events of the batches with what they touch, under the key by which they would be set aside.
CREATE TEMP TABLE build_new AS
SELECT
    CAST('flight_event' AS VARCHAR(16)) AS entity,
    CAST(e.airline || CAST(e.flight_number AS VARCHAR(11)) || COALESCE(e.flight_suffix, '') || ' ' || CAST(e.flight_date AS VARCHAR(16)) || ' ' || e.origin AS VARCHAR(256)) AS row_key,
    0 AS is_aside,
    e.event_id,
    e.batch_id,
    e.event_time,
    e.airport,
    e.airline,
    e.flight_number,
    e.flight_suffix,
    e.flight_date,
    e.origin,
    e.tail_number,
    e.aircraft_type,
    e.gate,
    CAST(NULL AS VARCHAR(16)) AS service,
    CAST(NULL AS VARCHAR(10)) AS bag_tag
FROM staging.flight_event e
JOIN build_batch b ON e.batch_id = b.batch_id
WHERE e.codeshare_of IS NULL
UNION ALL
SELECT 'baggage_event', e.bag_tag, 0, e.event_id, e.batch_id, e.event_time, e.airport, e.airline, e.flight_number, e.flight_suffix, e.flight_date,
    NULL, NULL, NULL, NULL, NULL, e.bag_tag
FROM staging.baggage_event e
JOIN build_batch b ON e.batch_id = b.batch_id
UNION ALL
SELECT 'security_event', e.event_id, 0, e.event_id, e.batch_id, e.event_time, e.airport, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM staging.security_event e
JOIN build_batch b ON e.batch_id = b.batch_id
UNION ALL
SELECT 'ground_event',
    e.airport || ' ' || e.service || ' ' || CASE
        WHEN e.airline <> '' AND e.flight_number IS NOT NULL AND e.flight_date IS NOT NULL
        THEN e.airline || CAST(e.flight_number AS VARCHAR(11)) || COALESCE(e.flight_suffix, '') || ' ' || CAST(e.flight_date AS VARCHAR(16))
        ELSE COALESCE(e.tail_number, e.gate, '') || ' ' || CAST(CAST(e.event_time AS DATE) AS VARCHAR(16))
    END,
    0, e.event_id, e.batch_id, e.event_time, e.airport, e.airline, e.flight_number, e.flight_suffix, e.flight_date,
    NULL, e.tail_number, e.aircraft_type, e.gate, e.service, NULL
FROM staging.ground_event e
JOIN build_batch b ON e.batch_id = b.batch_id;

--postgres:ANALYZE build_new;
