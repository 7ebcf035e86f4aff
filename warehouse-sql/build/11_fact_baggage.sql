-- Bags that new scans or changed legs touch, from all scans of their tags.

CREATE TEMP TABLE build_tag AS
SELECT e.bag_tag
FROM staging.baggage_event e
JOIN build_batch b ON e.batch_id = b.batch_id
UNION
SELECT g.bag_tag
FROM gold.fact_baggage g
JOIN build_link l
    ON l.flight_date = g.flight_date
    AND l.airline = g.airline
    AND l.flight_number = g.flight_number
    AND l.flight_suffix = COALESCE(g.flight_suffix, '');

--postgres:ANALYZE build_tag;

-- A tag comes back after months, so scans more than two days apart are different journeys.
CREATE TEMP TABLE build_scan AS
SELECT j.*,
    SUM(j.starts) OVER (PARTITION BY j.bag_tag ORDER BY j.event_time, j.point_rank, j.event_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS journey
FROM (
    SELECT s.*,
        CASE WHEN s.event_time <= DATEADD(day, 2, LAG(s.event_time) OVER (PARTITION BY s.bag_tag ORDER BY s.event_time, s.point_rank, s.event_id))
            THEN 0 ELSE 1 END AS starts
    FROM (
        SELECT e.bag_tag, e.event_time, e.event_id, e.airport, e.scan_point, e.weight_kg, e.airline, e.flight_number, e.flight_suffix, e.flight_date,
            CASE WHEN e.airline IS NOT NULL AND e.flight_number IS NOT NULL AND e.flight_date IS NOT NULL THEN 1 ELSE 0 END AS is_named,
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
    ) s
) j;

-- A scan that names no flight is of the flight that the journey's scan before it names; ahead of the first that names one, of that one's.
CREATE TEMP TABLE build_followed AS
SELECT
    ROW_NUMBER() OVER (PARTITION BY f.bag_tag, f.airline, f.flight_number, f.flight_suffix, f.flight_date, f.lone_journey ORDER BY f.event_time, f.point_rank, f.event_id) AS from_first,
    ROW_NUMBER() OVER (PARTITION BY f.bag_tag, f.airline, f.flight_number, f.flight_suffix, f.flight_date, f.lone_journey ORDER BY f.event_time DESC, f.point_rank DESC, f.event_id DESC) AS from_last,
    ROW_NUMBER() OVER (
        PARTITION BY f.bag_tag, f.airline, f.flight_number, f.flight_suffix, f.flight_date, f.lone_journey
        ORDER BY CASE WHEN f.weight_kg IS NULL THEN 1 ELSE 0 END, f.event_time DESC, f.point_rank DESC, f.event_id DESC
    ) AS from_last_weight,
    f.*
FROM (
    SELECT w.bag_tag, w.event_time, w.point_rank, w.event_id, w.airport, w.scan_point, w.weight_kg,
        COALESCE(w.airline_before, w.airline_after, '') AS airline,
        COALESCE(w.number_before, w.number_after, 0) AS flight_number,
        COALESCE(w.suffix_before, w.suffix_after, '') AS flight_suffix,
        COALESCE(w.date_before, w.date_after, CAST('0001-01-01' AS DATE)) AS flight_date,
        CASE WHEN w.airline_before IS NULL AND w.airline_after IS NULL THEN w.journey ELSE 0 END AS lone_journey
    FROM (
        SELECT n.*,
            MAX(n.named_airline) OVER (PARTITION BY n.bag_tag, n.journey, n.named_before) AS airline_before,
            MAX(n.named_number) OVER (PARTITION BY n.bag_tag, n.journey, n.named_before) AS number_before,
            MAX(n.named_suffix) OVER (PARTITION BY n.bag_tag, n.journey, n.named_before) AS suffix_before,
            MAX(n.named_date) OVER (PARTITION BY n.bag_tag, n.journey, n.named_before) AS date_before,
            MAX(CASE WHEN n.named_before = 1 THEN n.named_airline END) OVER (PARTITION BY n.bag_tag, n.journey) AS airline_after,
            MAX(CASE WHEN n.named_before = 1 THEN n.named_number END) OVER (PARTITION BY n.bag_tag, n.journey) AS number_after,
            MAX(CASE WHEN n.named_before = 1 THEN n.named_suffix END) OVER (PARTITION BY n.bag_tag, n.journey) AS suffix_after,
            MAX(CASE WHEN n.named_before = 1 THEN n.named_date END) OVER (PARTITION BY n.bag_tag, n.journey) AS date_after
        FROM (
            SELECT s.bag_tag, s.event_time, s.point_rank, s.event_id, s.airport, s.scan_point, s.weight_kg, s.journey,
                CASE WHEN s.is_named = 1 THEN s.airline END AS named_airline,
                CASE WHEN s.is_named = 1 THEN s.flight_number END AS named_number,
                CASE WHEN s.is_named = 1 THEN COALESCE(s.flight_suffix, '') END AS named_suffix,
                CASE WHEN s.is_named = 1 THEN s.flight_date END AS named_date,
                SUM(s.is_named) OVER (PARTITION BY s.bag_tag, s.journey ORDER BY s.event_time, s.point_rank, s.event_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS named_before
            FROM build_scan s
        ) n
    ) w
) f;

CREATE TEMP TABLE build_bag AS
SELECT
    ROW_NUMBER() OVER (ORDER BY f.bag_tag, f.airline, f.flight_number, f.flight_suffix, f.flight_date, f.lone_journey) AS bag_number,
    f.bag_tag, f.airline, f.flight_number, f.flight_suffix, f.flight_date,
    MIN(f.event_time) AS first_scan,
    MAX(CASE WHEN f.from_first = 1 THEN f.scan_point END) AS first_scan_point,
    MAX(CASE WHEN f.from_first = 1 THEN f.airport END) AS first_airport,
    MAX(f.event_time) AS last_scan,
    MAX(CASE WHEN f.from_last = 1 THEN f.scan_point END) AS last_scan_point,
    MAX(CASE WHEN f.from_last = 1 THEN f.airport END) AS last_airport,
    MIN(CASE WHEN f.scan_point = 'checkin' THEN f.event_time END) AS checked_in_at,
    MIN(CASE WHEN f.scan_point = 'loaded' THEN f.event_time END) AS loaded_at,
    MIN(CASE WHEN f.scan_point = 'unloaded' THEN f.event_time END) AS unloaded_at,
    MIN(CASE WHEN f.scan_point = 'claim' THEN f.event_time END) AS claimed_at,
    MAX(CASE WHEN f.scan_point = 'mishandled' THEN 1 ELSE 0 END) AS mishandled,
    MAX(CASE WHEN f.from_last_weight = 1 THEN f.weight_kg END) AS weight_kg,
    COUNT(*) AS scan_count,
    MIN(CASE WHEN f.scan_point IN ('checkin', 'sorter', 'loaded') THEN f.airport END) AS departure_airport,
    MIN(CASE WHEN f.scan_point IN ('unloaded', 'claim') THEN f.airport END) AS arrival_airport
FROM build_followed f
GROUP BY f.bag_tag, f.airline, f.flight_number, f.flight_suffix, f.flight_date, f.lone_journey;

--postgres:ANALYZE build_bag;

-- One number may fly several legs on a date: the one from where the bag was given up, else the one to where it came out, else the first by origin.
CREATE TEMP TABLE build_bag_leg AS
SELECT c.bag_number, c.flight_key, c.origin_airport_key, c.destination_airport_key, c.actual_arrival
FROM (
    SELECT b.bag_number, f.flight_key, f.origin_airport_key, f.destination_airport_key, f.actual_arrival,
        ROW_NUMBER() OVER (
            PARTITION BY b.bag_number
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

CREATE TEMP TABLE new_fact_baggage AS
SELECT
    COALESCE(o.bag_key, 0) AS bag_key,
    COALESCE(l.flight_key, -1) AS flight_key,
    CAST(TO_CHAR(CASE WHEN b.airline = '' THEN b.first_scan ELSE CAST(b.flight_date AS TIMESTAMP) END, 'YYYYMMDD') AS INTEGER) AS flight_date_key,
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
    CAST(DATEDIFF(minute, COALESCE(l.actual_arrival, b.unloaded_at), b.claimed_at) AS INTEGER) AS minutes_to_claim,
    (b.mishandled = 1) AS is_mishandled,
    b.weight_kg,
    CAST(b.scan_count AS INTEGER) AS scan_count
FROM build_bag b
LEFT JOIN build_bag_leg l ON l.bag_number = b.bag_number
LEFT JOIN gold.dim_airline a ON a.airline = b.airline
LEFT JOIN gold.fact_baggage o
    ON o.bag_tag = b.bag_tag
    AND COALESCE(o.airline, '') = b.airline
    AND COALESCE(o.flight_number, 0) = b.flight_number
    AND COALESCE(o.flight_suffix, '') = b.flight_suffix
    AND COALESCE(o.flight_date, CAST('0001-01-01' AS DATE)) = b.flight_date
    AND (b.airline <> '' OR o.first_scan = b.first_scan);

CREATE TEMP TABLE old_fact_baggage AS
SELECT o.bag_key
FROM gold.fact_baggage o
JOIN build_tag t ON t.bag_tag = o.bag_tag;

DROP TABLE build_tag;
DROP TABLE build_scan;
DROP TABLE build_followed;
DROP TABLE build_bag;
DROP TABLE build_bag_leg;
