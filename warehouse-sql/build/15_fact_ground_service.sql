-- Work that new events, changed legs, stays or aircraft touch: the events of one service for one flight at one airport, of which a start and the
-- end that follows it make a row. Where no flight is named, the aircraft, else the gate, and the UTC day stand for it.

CREATE TEMP TABLE build_work AS
SELECT k.*,
    ROW_NUMBER() OVER (ORDER BY k.work_date, k.airport, k.service, k.airline, k.flight_number, k.flight_suffix, k.subject) AS work_number
FROM (
    SELECT
        e.airport,
        e.service,
        CASE WHEN e.is_named = 1 THEN e.airline ELSE '' END AS airline,
        CASE WHEN e.is_named = 1 THEN e.flight_number ELSE 0 END AS flight_number,
        CASE WHEN e.is_named = 1 THEN COALESCE(e.flight_suffix, '') ELSE '' END AS flight_suffix,
        CASE WHEN e.is_named = 1 THEN e.flight_date ELSE CAST(e.event_time AS DATE) END AS work_date,
        CASE WHEN e.is_named = 1 THEN '' ELSE COALESCE(e.tail_number, e.gate, '') END AS subject
    FROM (
        SELECT g.*, CASE WHEN g.airline <> '' AND g.flight_number IS NOT NULL AND g.flight_date IS NOT NULL THEN 1 ELSE 0 END AS is_named
        FROM build_new g
        WHERE g.entity = 'ground_event'
    ) e
    UNION
    SELECT
        f.airport,
        f.service,
        COALESCE(f.airline, ''),
        COALESCE(f.flight_number, 0),
        COALESCE(f.flight_suffix, ''),
        f.work_date,
        CASE WHEN f.airline IS NULL THEN COALESCE(f.tail_number, f.gate, '') ELSE '' END
    FROM gold.fact_ground_service f
    JOIN (
        SELECT s.ground_service_key
        FROM gold.fact_ground_service s
        JOIN build_link l
            ON l.flight_date = s.work_date
            AND l.airline = s.airline
            AND l.flight_number = s.flight_number
            AND l.flight_suffix = COALESCE(s.flight_suffix, '')
        WHERE l.is_rerouted = 1
        UNION
        SELECT s.ground_service_key
        FROM gold.fact_ground_service s
        JOIN build_moved m ON m.flight_key = s.flight_key
        UNION
        SELECT s.ground_service_key
        FROM gold.fact_ground_service s
        JOIN build_tail t ON t.tail_number = s.tail_number
    ) k ON k.ground_service_key = f.ground_service_key
) k;

--postgres:ANALYZE build_work;

CREATE TEMP TABLE build_phase AS
SELECT
    w.work_number, w.airport, w.service, w.airline, w.flight_number, w.flight_suffix, w.work_date,
    e.event_id, e.event_time, e.phase, e.tail_number, e.gate
FROM build_work w
JOIN staging.ground_event e
    ON e.flight_date = w.work_date
    AND e.airline = w.airline
    AND e.flight_number = w.flight_number
    AND e.airport = w.airport
    AND e.service = w.service
    AND COALESCE(e.flight_suffix, '') = w.flight_suffix
LEFT JOIN build_aside x ON x.entity = 'ground_event' AND x.event_id = e.event_id
WHERE w.airline <> '' AND x.event_id IS NULL
UNION ALL
SELECT
    w.work_number, w.airport, w.service, w.airline, w.flight_number, w.flight_suffix, w.work_date,
    e.event_id, e.event_time, e.phase, e.tail_number, e.gate
FROM build_work w
JOIN staging.ground_event e
    ON e.airport = w.airport
    AND e.event_time >= CAST(w.work_date AS TIMESTAMP)
    AND e.event_time < DATEADD(day, 1, CAST(w.work_date AS TIMESTAMP))
    AND e.service = w.service
    AND COALESCE(e.tail_number, e.gate, '') = w.subject
LEFT JOIN build_aside x ON x.entity = 'ground_event' AND x.event_id = e.event_id
WHERE w.airline = '' AND x.event_id IS NULL AND (COALESCE(e.airline, '') = '' OR e.flight_number IS NULL OR e.flight_date IS NULL);

-- At one time a start stands before an end. The event that a row begins with names it until it has its key.
CREATE TEMP TABLE build_service AS
SELECT
    p.event_id AS first_event_id,
    p.airport, p.service, p.airline, p.flight_number, p.flight_suffix, p.work_date,
    CASE WHEN p.phase = 'start' THEN COALESCE(p.tail_number, p.next_tail_number) ELSE p.tail_number END AS tail_number,
    CASE WHEN p.phase = 'start' THEN COALESCE(p.gate, p.next_gate) ELSE p.gate END AS gate,
    CASE WHEN p.phase = 'start' THEN p.event_time END AS started,
    CASE WHEN p.phase = 'start' THEN p.next_time ELSE p.event_time END AS ended,
    CASE WHEN p.phase = 'start' THEN p.event_id END AS start_event_id,
    CASE WHEN p.phase = 'start' THEN p.next_event_id ELSE p.event_id END AS end_event_id,
    p.event_time AS told_at
FROM (
    SELECT o.*,
        CASE WHEN o.next_phase = 'end' THEN o.following_time END AS next_time,
        CASE WHEN o.next_phase = 'end' THEN o.following_event_id END AS next_event_id,
        CASE WHEN o.next_phase = 'end' THEN o.following_tail_number END AS next_tail_number,
        CASE WHEN o.next_phase = 'end' THEN o.following_gate END AS next_gate
    FROM (
        SELECT r.*,
            LAG(r.phase) OVER (PARTITION BY r.work_number ORDER BY r.event_time, r.phase_rank, r.event_id) AS previous_phase,
            LEAD(r.phase) OVER (PARTITION BY r.work_number ORDER BY r.event_time, r.phase_rank, r.event_id) AS next_phase,
            LEAD(r.event_time) OVER (PARTITION BY r.work_number ORDER BY r.event_time, r.phase_rank, r.event_id) AS following_time,
            LEAD(r.event_id) OVER (PARTITION BY r.work_number ORDER BY r.event_time, r.phase_rank, r.event_id) AS following_event_id,
            LEAD(r.tail_number) OVER (PARTITION BY r.work_number ORDER BY r.event_time, r.phase_rank, r.event_id) AS following_tail_number,
            LEAD(r.gate) OVER (PARTITION BY r.work_number ORDER BY r.event_time, r.phase_rank, r.event_id) AS following_gate
        FROM (SELECT b.*, CASE WHEN b.phase = 'start' THEN 0 ELSE 1 END AS phase_rank FROM build_phase b) r
    ) o
) p
WHERE p.phase = 'start' OR p.previous_phase IS NULL OR p.previous_phase <> 'start';

--postgres:ANALYZE build_service (first_event_id, airport, airline, flight_number, work_date, tail_number);

-- A flight's service at its origin is for the leg that leaves, at its destination for the one that came.
CREATE TEMP TABLE build_service_leg AS
SELECT c.first_event_id, c.flight_key, COALESCE(d.turnaround_key, a.turnaround_key, -1) AS turnaround_key
FROM (
    SELECT s.first_event_id, f.flight_key,
        CASE WHEN f.origin = s.airport THEN f.flight_key END AS outbound_flight_key,
        CASE WHEN f.origin <> s.airport THEN f.flight_key END AS inbound_flight_key,
        ROW_NUMBER() OVER (PARTITION BY s.first_event_id ORDER BY CASE WHEN f.origin = s.airport THEN 0 ELSE 1 END, f.origin) AS choice
    FROM build_service s
    JOIN gold.fact_flight f
        ON f.flight_date = s.work_date
        AND f.airline = s.airline
        AND f.flight_number = s.flight_number
        AND COALESCE(f.flight_suffix, '') = s.flight_suffix
    WHERE f.origin = s.airport OR f.destination = s.airport
) c
LEFT JOIN gold.fact_turnaround d ON d.outbound_flight_key = c.outbound_flight_key
LEFT JOIN gold.fact_turnaround a ON a.inbound_flight_key = c.inbound_flight_key
WHERE c.choice = 1;

-- A row and the work that it belongs to have their flight, or none, in common, and its first event names it.
CREATE TEMP TABLE old_fact_ground_service AS
SELECT o.ground_service_key, COALESCE(o.start_event_id, o.end_event_id) AS first_event_id
FROM gold.fact_ground_service o
JOIN build_work w
    ON w.work_date = o.work_date
    AND w.airline = o.airline
    AND w.flight_number = o.flight_number
    AND w.airport = o.airport
    AND w.service = o.service
    AND w.flight_suffix = COALESCE(o.flight_suffix, '')
WHERE w.airline <> ''
UNION ALL
SELECT o.ground_service_key, COALESCE(o.start_event_id, o.end_event_id)
FROM gold.fact_ground_service o
JOIN build_work w
    ON w.work_date = o.work_date
    AND w.airport = o.airport
    AND w.service = o.service
    AND w.subject = COALESCE(o.tail_number, o.gate, '')
WHERE w.airline = '' AND o.airline IS NULL;

--postgres:ANALYZE old_fact_ground_service;

CREATE TEMP TABLE new_fact_ground_service AS
SELECT
    COALESCE(o.ground_service_key, 0) AS ground_service_key,
    COALESCE(l.flight_key, -1) AS flight_key,
    COALESCE(l.turnaround_key, -1) AS turnaround_key,
    COALESCE(t.airport_key, -1) AS airport_key,
    COALESCE(a.airline_key, -1) AS airline_key,
    COALESCE(p.aircraft_key, -1) AS aircraft_key,
    COALESCE(y.date_key, -1) AS service_date_key,
    s.airport,
    s.work_date,
    s.service,
    NULLIF(s.airline, '') AS airline,
    NULLIF(s.flight_number, 0) AS flight_number,
    NULLIF(s.flight_suffix, '') AS flight_suffix,
    CASE WHEN s.airline <> '' THEN s.work_date END AS flight_date,
    s.tail_number,
    s.gate,
    s.started,
    s.ended,
    CASE
        WHEN DATEDIFF(minute, s.started, s.ended) BETWEEN -2147483648 AND 2147483647 THEN CAST(DATEDIFF(minute, s.started, s.ended) AS INTEGER)
    END AS minutes,
    (s.started IS NOT NULL AND s.ended IS NOT NULL) AS is_paired,
    s.start_event_id,
    s.end_event_id
FROM build_service s
LEFT JOIN build_service_leg l ON l.first_event_id = s.first_event_id
LEFT JOIN gold.dim_airport t ON t.airport = s.airport
LEFT JOIN gold.dim_date y ON y.full_date = CAST(CONVERT_TIMEZONE('UTC', COALESCE(t.time_zone, 'UTC'), s.told_at) AS DATE)
LEFT JOIN gold.dim_airline a ON a.airline = s.airline
LEFT JOIN gold.dim_aircraft p
    ON p.tail_number = s.tail_number
    AND p.valid_from <= s.told_at
    AND (p.valid_to IS NULL OR p.valid_to > s.told_at)
LEFT JOIN old_fact_ground_service o ON o.first_event_id = s.first_event_id;
