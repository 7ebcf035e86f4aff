-- Aircraft: spans of event time in which type and operator stayed the same. A sighting that says what its span says changes nothing, and most
-- do; the history of a registration is worked out anew, from all its events, only when one says otherwise or lies before the first span.

-- At one instant the greater code counts. A codeshare record names an airline that sells seats, not the one that flies.
CREATE TEMP TABLE build_sighting AS
SELECT n.tail_number, n.event_time, MAX(n.aircraft_type) AS aircraft_type, MAX(n.airline) AS airline
FROM build_new n
WHERE n.tail_number IS NOT NULL AND n.is_aside = 0
GROUP BY n.tail_number, n.event_time;

--postgres:ANALYZE build_sighting;

CREATE TEMP TABLE build_tail AS
SELECT s.tail_number
FROM build_sighting s
CROSS JOIN build_range r
LEFT JOIN gold.dim_aircraft d
    ON d.tail_number = s.tail_number
    AND d.valid_from <= s.event_time
    AND (d.valid_to IS NULL OR d.valid_to > s.event_time)
WHERE r.is_full = TRUE
    OR d.tail_number IS NULL
    OR (s.aircraft_type IS NOT NULL AND COALESCE(d.aircraft_type, '') <> s.aircraft_type)
    OR (s.airline IS NOT NULL AND COALESCE(d.airline, '') <> s.airline)
UNION
SELECT x.tail_number
FROM build_fresh x
WHERE x.tail_number IS NOT NULL;

--postgres:ANALYZE build_tail;

CREATE TEMP TABLE build_history AS
SELECT e.tail_number, e.event_time, MAX(e.aircraft_type) AS aircraft_type, MAX(e.airline) AS airline
FROM (
    SELECT f.tail_number, f.event_time, f.aircraft_type, f.airline
    FROM staging.flight_event f
    JOIN build_tail t ON f.tail_number = t.tail_number
    LEFT JOIN build_aside x ON x.entity = 'flight_event' AND x.event_id = f.event_id
    WHERE f.codeshare_of IS NULL AND x.event_id IS NULL
    UNION ALL
    SELECT g.tail_number, g.event_time, g.aircraft_type, g.airline
    FROM staging.ground_event g
    JOIN build_tail t ON g.tail_number = t.tail_number
    LEFT JOIN build_aside x ON x.entity = 'ground_event' AND x.event_id = g.event_id
    WHERE x.event_id IS NULL
) e
GROUP BY e.tail_number, e.event_time;

-- A sighting that doesn't tell the type has that of the one before it; those before the first that tells it have that one's.
CREATE TEMP TABLE build_span AS
SELECT c.tail_number, c.aircraft_type, c.airline, c.event_time AS valid_from,
    LEAD(c.event_time) OVER (PARTITION BY c.tail_number ORDER BY c.event_time) AS valid_to
FROM (
    SELECT v.*,
        LAG(v.event_time) OVER (PARTITION BY v.tail_number ORDER BY v.event_time) AS previous_time,
        LAG(v.aircraft_type) OVER (PARTITION BY v.tail_number ORDER BY v.event_time) AS previous_type,
        LAG(v.airline) OVER (PARTITION BY v.tail_number ORDER BY v.event_time) AS previous_airline
    FROM (
        SELECT n.tail_number, n.event_time,
            COALESCE(
                MAX(n.aircraft_type) OVER (PARTITION BY n.tail_number, n.types_told),
                MAX(CASE WHEN n.types_told = 1 THEN n.aircraft_type END) OVER (PARTITION BY n.tail_number)) AS aircraft_type,
            COALESCE(
                MAX(n.airline) OVER (PARTITION BY n.tail_number, n.airlines_told),
                MAX(CASE WHEN n.airlines_told = 1 THEN n.airline END) OVER (PARTITION BY n.tail_number)) AS airline
        FROM (
            SELECT h.*,
                COUNT(h.aircraft_type) OVER (PARTITION BY h.tail_number ORDER BY h.event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS types_told,
                COUNT(h.airline) OVER (PARTITION BY h.tail_number ORDER BY h.event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS airlines_told
            FROM build_history h
        ) n
    ) v
) c
WHERE c.previous_time IS NULL
    OR COALESCE(c.aircraft_type, '') <> COALESCE(c.previous_type, '')
    OR COALESCE(c.airline, '') <> COALESCE(c.previous_airline, '');

CREATE TEMP TABLE new_dim_aircraft AS
SELECT
    COALESCE(d.aircraft_key, 0) AS aircraft_key,
    s.tail_number,
    s.aircraft_type,
    s.airline,
    COALESCE(a.airline_key, -1) AS airline_key,
    s.valid_from,
    s.valid_to,
    (s.valid_to IS NULL) AS is_current
FROM build_span s
LEFT JOIN gold.dim_aircraft d ON d.tail_number = s.tail_number AND d.valid_from = s.valid_from
LEFT JOIN gold.dim_airline a ON a.airline = s.airline;

CREATE TEMP TABLE old_dim_aircraft AS
SELECT d.aircraft_key
FROM gold.dim_aircraft d
JOIN build_tail t ON t.tail_number = d.tail_number;
