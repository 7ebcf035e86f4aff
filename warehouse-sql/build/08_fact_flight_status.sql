-- The legs with their keys, now that all are in the fact; then the events of each whose status differs from that of the event before.

CREATE TEMP TABLE build_flight AS
SELECT
    l.leg_number,
    f.flight_key,
    f.flight_date,
    f.flight_date_key,
    f.airline_key,
    f.origin_airport_key,
    f.tail_number,
    f.actual_departure
FROM build_leg l
JOIN gold.fact_flight f
    ON f.flight_date = l.flight_date
    AND f.airline = l.airline
    AND f.flight_number = l.flight_number
    AND f.origin = l.origin
    AND COALESCE(f.flight_suffix, '') = l.flight_suffix;

--postgres:ANALYZE build_flight;

CREATE TEMP TABLE build_change AS
SELECT
    c.leg_number,
    c.event_time AS changed_at,
    c.status,
    c.previous_status,
    LAG(c.event_time) OVER (PARTITION BY c.leg_number ORDER BY c.event_rank) AS previous_at,
    c.event_id
FROM (
    SELECT e.leg_number, e.event_rank, e.event_id, e.event_time, e.status,
        LAG(e.status) OVER (PARTITION BY e.leg_number ORDER BY e.event_rank) AS previous_status
    FROM build_event e
) c
WHERE c.previous_status IS NULL OR c.previous_status <> c.status;

CREATE TEMP TABLE new_fact_flight_status AS
SELECT
    COALESCE(o.flight_status_key, 0) AS flight_status_key,
    f.flight_key,
    f.flight_date,
    f.flight_date_key,
    f.airline_key,
    f.origin_airport_key,
    c.changed_at,
    c.status,
    c.previous_status,
    CASE
        WHEN DATEDIFF(minute, c.previous_at, c.changed_at) BETWEEN -2147483648 AND 2147483647
        THEN CAST(DATEDIFF(minute, c.previous_at, c.changed_at) AS INTEGER)
    END AS minutes_since_previous,
    c.event_id
FROM build_change c
JOIN build_flight f ON f.leg_number = c.leg_number
LEFT JOIN gold.fact_flight_status o ON o.flight_key = f.flight_key AND o.event_id = c.event_id;

CREATE TEMP TABLE old_fact_flight_status AS
SELECT o.flight_status_key
FROM gold.fact_flight_status o
JOIN (SELECT flight_key FROM build_flight UNION SELECT flight_key FROM build_before) f ON f.flight_key = o.flight_key;
