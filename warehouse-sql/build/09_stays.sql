-- Each touched leg, and the leg before it in its aircraft's order of actual departures, with the leg that comes next. The order decides who is
-- next to whom, so a leg counts where it is now and where it was before. Only legs around these places are read, not the aircraft's whole past.

CREATE TEMP TABLE build_place AS
SELECT f.tail_number, f.actual_departure
FROM build_flight f
WHERE f.tail_number IS NOT NULL AND f.actual_departure IS NOT NULL
UNION
SELECT b.tail_number, b.actual_departure
FROM build_before b
WHERE b.tail_number IS NOT NULL AND b.actual_departure IS NOT NULL;

-- Places less than two days apart make one stretch. An aircraft with more than ten of them is read from the first to the last: looking around each
-- costs more than that.
CREATE TEMP TABLE build_stretch AS
SELECT m.tail_number, m.stretch, MIN(m.actual_departure) AS first_departure, MAX(m.actual_departure) AS last_departure
FROM (
    SELECT n.tail_number, n.actual_departure,
        CASE WHEN MAX(n.stretch) OVER (PARTITION BY n.tail_number) > 10 THEN 1 ELSE n.stretch END AS stretch
    FROM (
        SELECT s.tail_number, s.actual_departure,
            SUM(s.starts) OVER (PARTITION BY s.tail_number ORDER BY s.actual_departure ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS stretch
        FROM (
            SELECT p.tail_number, p.actual_departure,
                CASE WHEN p.actual_departure < DATEADD(day, 2, LAG(p.actual_departure) OVER (PARTITION BY p.tail_number ORDER BY p.actual_departure))
                    THEN 0 ELSE 1 END AS starts
            FROM build_place p
        ) s
    ) n
) m
GROUP BY m.tail_number, m.stretch;

--postgres:ANALYZE build_stretch;

CREATE TEMP TABLE build_near AS
SELECT s.tail_number, s.stretch, f.flight_key, f.actual_departure
FROM build_stretch s
JOIN gold.fact_flight f
    ON f.tail_number = s.tail_number
    AND f.actual_departure >= DATEADD(day, -1, s.first_departure)
    AND f.actual_departure <= DATEADD(day, 1, s.last_departure)
WHERE f.is_cancelled = FALSE;

-- Where the aircraft has no leg on the day before or after a stretch, the nearest one counts, however far.
CREATE TEMP TABLE build_edge AS
SELECT s.tail_number, s.first_departure, s.last_departure,
    COALESCE(MIN(n.actual_departure), s.first_departure) AS first_near,
    COALESCE(MAX(n.actual_departure), s.last_departure) AS last_near
FROM build_stretch s
LEFT JOIN build_near n ON n.tail_number = s.tail_number AND n.stretch = s.stretch
GROUP BY s.tail_number, s.stretch, s.first_departure, s.last_departure;

CREATE TEMP TABLE build_far AS
SELECT e.tail_number, MAX(f.actual_departure) AS actual_departure
FROM build_edge e
JOIN gold.fact_flight f ON f.tail_number = e.tail_number AND f.actual_departure < e.first_departure
WHERE e.first_near >= e.first_departure AND f.is_cancelled = FALSE
GROUP BY e.tail_number, e.first_departure
UNION
SELECT e.tail_number, MIN(f.actual_departure)
FROM build_edge e
JOIN gold.fact_flight f ON f.tail_number = e.tail_number AND f.actual_departure > e.last_departure
WHERE e.last_near <= e.last_departure AND f.is_cancelled = FALSE
GROUP BY e.tail_number, e.last_departure;

--postgres:ANALYZE build_far;

CREATE TEMP TABLE build_order AS
SELECT f.tail_number, f.actual_departure, f.flight_key,
    LEAD(f.flight_key) OVER (
        PARTITION BY f.tail_number
        ORDER BY f.actual_departure, f.airline, f.flight_number, COALESCE(f.flight_suffix, ''), f.flight_date, f.origin
    ) AS next_flight_key,
    LEAD(f.actual_departure) OVER (
        PARTITION BY f.tail_number
        ORDER BY f.actual_departure, f.airline, f.flight_number, COALESCE(f.flight_suffix, ''), f.flight_date, f.origin
    ) AS next_departure
FROM (
    SELECT n.flight_key
    FROM build_near n
    UNION
    SELECT g.flight_key
    FROM build_far r
    JOIN gold.fact_flight g ON g.tail_number = r.tail_number AND g.actual_departure = r.actual_departure
    WHERE g.is_cancelled = FALSE
) k
JOIN gold.fact_flight f ON f.flight_key = k.flight_key;

-- A leg counts when a place lies between its departure and the next one's, both included. The next place is looked for from the last row on: PostgreSQL
-- keeps a running minimum from the first row of a window, and starts anew at every row for one to the last.
CREATE TEMP TABLE build_stay AS
SELECT o.flight_key AS inbound_flight_key, o.next_flight_key AS outbound_flight_key
FROM (
    SELECT m.flight_key, m.next_flight_key, m.next_departure,
        MIN(m.place) OVER (
            PARTITION BY m.tail_number
            ORDER BY m.moment DESC, m.is_place DESC, m.flight_key DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS next_place
    FROM (
        SELECT tail_number, actual_departure AS moment, 0 AS is_place, flight_key, next_flight_key, next_departure, CAST(NULL AS TIMESTAMP) AS place
        FROM build_order
        UNION ALL
        SELECT tail_number, actual_departure, 1, NULL, NULL, NULL, actual_departure
        FROM build_place
    ) m
) o
WHERE o.flight_key IS NOT NULL
    AND o.next_place IS NOT NULL
    AND (o.next_departure IS NULL OR o.next_place <= o.next_departure);

--postgres:ANALYZE build_stay;

-- Legs whose stays and breaks are worked out anew: also those that left the order, being cancelled, set aside or without an aircraft.
CREATE TEMP TABLE build_inbound AS
SELECT s.inbound_flight_key AS flight_key
FROM build_stay s
UNION
SELECT f.flight_key
FROM build_flight f
UNION
SELECT b.flight_key
FROM build_before b;

--postgres:ANALYZE build_inbound;
