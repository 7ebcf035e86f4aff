-- Bags that new scans or changed legs touch, from all scans of their tags.

-- Another arrival changes nothing about a bag that nobody has claimed yet, which most are then.
CREATE TEMP TABLE build_tag AS
SELECT n.bag_tag
FROM build_new n
WHERE n.entity = 'baggage_event'
UNION
SELECT g.bag_tag
FROM gold.fact_baggage g
JOIN build_link l
    ON l.flight_date = g.flight_date
    AND l.airline = g.airline
    AND l.flight_number = g.flight_number
    AND l.flight_suffix = COALESCE(g.flight_suffix, '')
WHERE l.is_rerouted = 1 OR g.claimed_at IS NOT NULL;

--postgres:ANALYZE build_tag;

-- scan_rank numbers a tag's scans in their order, so that the rest compares one integer. A tag comes back after months, so scans more than two days
-- apart are different journeys.
CREATE TEMP TABLE build_scan AS
SELECT j.*,
    SUM(j.starts) OVER (PARTITION BY j.bag_tag ORDER BY j.event_time, j.point_rank, j.event_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS journey
FROM (
    SELECT s.*,
        ROW_NUMBER() OVER (PARTITION BY s.bag_tag ORDER BY s.event_time, s.point_rank, s.event_id) AS scan_rank,
        CASE WHEN s.event_time <= DATEADD(day, 2, LAG(s.event_time) OVER (PARTITION BY s.bag_tag ORDER BY s.event_time, s.point_rank, s.event_id))
            THEN 0 ELSE 1 END AS starts
    FROM (
        SELECT e.bag_tag, e.event_time, e.event_id, e.airport, e.scan_point, e.weight_kg, e.airline, e.flight_number, e.flight_suffix, e.flight_date,
            CASE WHEN e.airline <> '' AND e.flight_number IS NOT NULL AND e.flight_date IS NOT NULL THEN 1 ELSE 0 END AS is_named,
            CASE e.scan_point
                WHEN 'checkin' THEN 1
                WHEN 'sorter' THEN 2
                WHEN 'loaded' THEN 3
                WHEN 'unloaded' THEN 4
                WHEN 'claim' THEN 5
                WHEN 'mishandled' THEN 6
                ELSE 0
            END AS point_rank
        FROM staging.baggage_event e
        JOIN build_tag t ON t.bag_tag = e.bag_tag
        LEFT JOIN build_aside x ON x.entity = 'baggage_event' AND x.event_id = e.event_id
        WHERE x.event_id IS NULL
    ) s
) j;

--postgres:ANALYZE build_scan (bag_tag, scan_rank);

-- A scan that names no flight is of the flight that the journey's scan before it names; ahead of the first that names one, of that one's.
CREATE TEMP TABLE build_followed AS
SELECT w.bag_tag, w.scan_rank, w.event_time, w.airport, w.scan_point, w.weight_kg,
    COALESCE(n.airline, '') AS airline,
    COALESCE(n.flight_number, 0) AS flight_number,
    COALESCE(n.flight_suffix, '') AS flight_suffix,
    COALESCE(n.flight_date, CAST('0001-01-01' AS DATE)) AS flight_date,
    CASE WHEN n.scan_rank IS NULL THEN w.journey ELSE 0 END AS lone_journey
FROM (
    SELECT s.*,
        COALESCE(
            MAX(s.named_rank) OVER (PARTITION BY s.bag_tag, s.journey ORDER BY s.scan_rank ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
            MIN(s.named_rank) OVER (PARTITION BY s.bag_tag, s.journey)) AS flight_rank
    FROM (
        SELECT b.bag_tag, b.journey, b.scan_rank, b.event_time, b.airport, b.scan_point, b.weight_kg,
            CASE WHEN b.is_named = 1 THEN b.scan_rank END AS named_rank
        FROM build_scan b
    ) s
) w
LEFT JOIN build_scan n ON n.bag_tag = w.bag_tag AND n.scan_rank = w.flight_rank;

-- A bag is known by its tag and its first scan.
CREATE TEMP TABLE build_bag AS
SELECT
    g.*,
    f.scan_point AS first_scan_point,
    f.airport AS first_airport,
    l.scan_point AS last_scan_point,
    l.airport AS last_airport,
    w.weight_kg
FROM (
    SELECT
        s.bag_tag, s.airline, s.flight_number, s.flight_suffix, s.flight_date,
        MIN(s.scan_rank) AS first_rank,
        MAX(s.scan_rank) AS last_rank,
        MAX(CASE WHEN s.weight_kg IS NOT NULL THEN s.scan_rank END) AS weight_rank,
        MIN(s.event_time) AS first_scan,
        MAX(s.event_time) AS last_scan,
        MIN(CASE WHEN s.scan_point = 'checkin' THEN s.event_time END) AS checked_in_at,
        MIN(CASE WHEN s.scan_point = 'loaded' THEN s.event_time END) AS loaded_at,
        MIN(CASE WHEN s.scan_point = 'unloaded' THEN s.event_time END) AS unloaded_at,
        MIN(CASE WHEN s.scan_point = 'claim' THEN s.event_time END) AS claimed_at,
        MAX(CASE WHEN s.scan_point = 'mishandled' THEN 1 ELSE 0 END) AS mishandled,
        COUNT(*) AS scan_count,
        MIN(CASE WHEN s.scan_point IN ('checkin', 'sorter', 'loaded') THEN s.airport END) AS departure_airport,
        MIN(CASE WHEN s.scan_point IN ('unloaded', 'claim') THEN s.airport END) AS arrival_airport
    FROM build_followed s
    GROUP BY s.bag_tag, s.airline, s.flight_number, s.flight_suffix, s.flight_date, s.lone_journey
) g
JOIN build_scan f ON f.bag_tag = g.bag_tag AND f.scan_rank = g.first_rank
JOIN build_scan l ON l.bag_tag = g.bag_tag AND l.scan_rank = g.last_rank
LEFT JOIN build_scan w ON w.bag_tag = g.bag_tag AND w.scan_rank = g.weight_rank;

--postgres:ANALYZE build_bag (bag_tag, first_rank, airline, flight_number, flight_date);

-- One number may fly several legs on a date: the one from where the bag was given up, else the one to where it came out, else the first by origin.
CREATE TEMP TABLE build_bag_leg AS
SELECT c.bag_tag, c.first_rank, c.flight_key, c.origin_airport_key, c.destination_airport_key, c.actual_arrival
FROM (
    SELECT b.bag_tag, b.first_rank, f.flight_key, f.origin_airport_key, f.destination_airport_key, f.actual_arrival,
        ROW_NUMBER() OVER (
            PARTITION BY b.bag_tag, b.first_rank
            ORDER BY CASE WHEN f.origin = b.departure_airport THEN 0 ELSE 1 END, CASE WHEN f.destination = b.arrival_airport THEN 0 ELSE 1 END, f.origin
        ) AS choice
    FROM build_bag b
    JOIN gold.fact_flight f
        ON f.flight_date = b.flight_date
        AND f.airline = b.airline
        AND f.flight_number = b.flight_number
        AND COALESCE(f.flight_suffix, '') = b.flight_suffix
) c
WHERE c.choice = 1;

CREATE TEMP TABLE old_fact_baggage AS
SELECT o.bag_key, o.bag_tag, o.airline, o.flight_number, o.flight_suffix, o.flight_date, o.first_scan
FROM gold.fact_baggage o
JOIN build_tag t ON t.bag_tag = o.bag_tag;

--postgres:ANALYZE old_fact_baggage (bag_tag, airline, flight_number, flight_date);

CREATE TEMP TABLE new_fact_baggage AS
SELECT
    COALESCE(o.bag_key, 0) AS bag_key,
    COALESCE(l.flight_key, -1) AS flight_key,
    COALESCE(t.date_key, -1) AS flight_date_key,
    COALESCE(a.airline_key, -1) AS airline_key,
    COALESCE(l.origin_airport_key, -1) AS origin_airport_key,
    COALESCE(l.destination_airport_key, -1) AS destination_airport_key,
    b.bag_tag,
    NULLIF(b.airline, '') AS airline,
    NULLIF(b.flight_number, 0) AS flight_number,
    NULLIF(b.flight_suffix, '') AS flight_suffix,
    CASE WHEN b.airline <> '' THEN b.flight_date END AS flight_date,
    b.first_scan,
    b.first_scan_point,
    b.first_airport,
    b.last_scan,
    b.last_scan_point,
    b.last_airport,
    b.checked_in_at,
    b.loaded_at,
    b.unloaded_at,
    b.claimed_at,
    CASE
        WHEN DATEDIFF(minute, COALESCE(l.actual_arrival, b.unloaded_at), b.claimed_at) BETWEEN -2147483648 AND 2147483647
        THEN CAST(DATEDIFF(minute, COALESCE(l.actual_arrival, b.unloaded_at), b.claimed_at) AS INTEGER)
    END AS minutes_to_claim,
    (b.mishandled = 1) AS is_mishandled,
    CASE WHEN b.weight_kg BETWEEN 0 AND 200 THEN b.weight_kg END AS weight_kg,
    CAST(b.scan_count AS INTEGER) AS scan_count
FROM build_bag b
LEFT JOIN build_bag_leg l ON l.bag_tag = b.bag_tag AND l.first_rank = b.first_rank
LEFT JOIN gold.dim_date t ON t.full_date = CASE WHEN b.airline = '' THEN CAST(b.first_scan AS DATE) ELSE b.flight_date END
LEFT JOIN gold.dim_airline a ON a.airline = b.airline
LEFT JOIN old_fact_baggage o
    ON o.bag_tag = b.bag_tag
    AND COALESCE(o.airline, '') = b.airline
    AND COALESCE(o.flight_number, 0) = b.flight_number
    AND COALESCE(o.flight_suffix, '') = b.flight_suffix
    AND COALESCE(o.flight_date, CAST('0001-01-01' AS DATE)) = b.flight_date
    AND (b.airline <> '' OR o.first_scan = b.first_scan);
