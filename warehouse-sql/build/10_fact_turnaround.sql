-- Stays: the inbound leg landed, undiverted, where the next one departs, in a time that INTEGER can hold.

CREATE TEMP TABLE new_fact_turnaround AS
SELECT
    COALESCE(t.turnaround_key, 0) AS turnaround_key,
    s.inbound_flight_key,
    s.outbound_flight_key,
    o.flight_date,
    o.flight_date_key,
    o.origin_airport_key AS airport_key,
    o.airline_key,
    o.aircraft_key,
    o.origin AS airport,
    o.tail_number,
    i.actual_arrival AS on_block,
    o.actual_departure AS off_block,
    CASE
        WHEN DATEDIFF(minute, i.actual_arrival, o.actual_departure) BETWEEN -2147483648 AND 2147483647
        THEN CAST(DATEDIFF(minute, i.actual_arrival, o.actual_departure) AS INTEGER)
    END AS turnaround_minutes,
    CASE
        WHEN DATEDIFF(minute, i.scheduled_arrival, o.scheduled_departure) BETWEEN -2147483648 AND 2147483647
        THEN CAST(DATEDIFF(minute, i.scheduled_arrival, o.scheduled_departure) AS INTEGER)
    END AS scheduled_minutes,
    i.passengers AS passengers_in,
    o.passengers AS passengers_out,
    COALESCE(o.seats, i.seats) AS seats,
    (DATE_TRUNC('day', CONVERT_TIMEZONE('UTC', COALESCE(a.time_zone, 'UTC'), o.actual_departure))
        > DATE_TRUNC('day', CONVERT_TIMEZONE('UTC', COALESCE(a.time_zone, 'UTC'), i.actual_arrival))) AS is_overnight,
    (DATEDIFF(minute, i.actual_arrival, o.actual_departure) <= 0) AS is_impossible
FROM build_stay s
JOIN gold.fact_flight i ON i.flight_key = s.inbound_flight_key
JOIN gold.fact_flight o ON o.flight_key = s.outbound_flight_key
LEFT JOIN gold.dim_airport a ON a.airport_key = o.origin_airport_key
LEFT JOIN gold.fact_turnaround t ON t.inbound_flight_key = s.inbound_flight_key
WHERE i.actual_arrival IS NOT NULL
    AND i.is_diverted = FALSE
    AND i.destination = o.origin
    AND DATEDIFF(minute, i.actual_arrival, o.actual_departure) BETWEEN -2147483648 AND 2147483647;

--postgres:ANALYZE new_fact_turnaround;

CREATE TEMP TABLE old_fact_turnaround AS
SELECT t.turnaround_key
FROM gold.fact_turnaround t
JOIN build_inbound i ON i.flight_key = t.inbound_flight_key;

-- Legs whose services now belong to another stay.
CREATE TEMP TABLE build_moved AS
SELECT m.flight_key
FROM (
    SELECT n.inbound_flight_key AS flight_key, n.turnaround_key, n.outbound_flight_key FROM new_fact_turnaround n
    UNION ALL
    SELECT n.outbound_flight_key, n.turnaround_key, n.outbound_flight_key FROM new_fact_turnaround n
) m
LEFT JOIN gold.fact_turnaround t ON t.turnaround_key = m.turnaround_key
WHERE t.turnaround_key IS NULL OR t.outbound_flight_key <> m.outbound_flight_key
UNION
SELECT m.flight_key
FROM (
    SELECT t.inbound_flight_key AS flight_key, t.turnaround_key, t.outbound_flight_key
    FROM old_fact_turnaround o
    JOIN gold.fact_turnaround t ON t.turnaround_key = o.turnaround_key
    UNION ALL
    SELECT t.outbound_flight_key, t.turnaround_key, t.outbound_flight_key
    FROM old_fact_turnaround o
    JOIN gold.fact_turnaround t ON t.turnaround_key = o.turnaround_key
) m
LEFT JOIN new_fact_turnaround n ON n.turnaround_key = m.turnaround_key
WHERE n.turnaround_key IS NULL OR n.outbound_flight_key <> m.outbound_flight_key;

--postgres:ANALYZE build_moved;
