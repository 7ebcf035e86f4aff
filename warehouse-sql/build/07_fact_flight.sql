-- The touched legs as they are to be. Key 0 marks a row that the table has not: no row has that key, so MERGE inserts it.
-- Minutes that INTEGER can't hold lie between instants that nobody meant: null, here and in the other facts.

CREATE TEMP TABLE build_before AS
SELECT l.leg_number, f.flight_key, f.tail_number, f.destination, f.actual_departure, f.actual_arrival
FROM build_leg l
JOIN gold.fact_flight f
    ON f.flight_date = l.flight_date
    AND f.airline = l.airline
    AND f.flight_number = l.flight_number
    AND f.origin = l.origin
    AND COALESCE(f.flight_suffix, '') = l.flight_suffix;

--postgres:ANALYZE build_before;

CREATE TEMP TABLE new_fact_flight AS
SELECT
    COALESCE(f.flight_key, 0) AS flight_key,
    l.airline AS airline,
    l.flight_number AS flight_number,
    NULLIF(l.flight_suffix, '') AS flight_suffix,
    l.flight_date AS flight_date,
    l.origin AS origin,
    s.destination AS destination,
    COALESCE(t.date_key, -1) AS flight_date_key,
    COALESCE(a.airline_key, -1) AS airline_key,
    COALESCE(o.airport_key, -1) AS origin_airport_key,
    COALESCE(d.airport_key, -1) AS destination_airport_key,
    COALESCE(r.route_key, -1) AS route_key,
    COALESCE(p.aircraft_key, -1) AS aircraft_key,
    COALESCE(c.delay_cause_key, -1) AS delay_cause_key,
    COALESCE(x.delay_cause_key, -1) AS cancellation_cause_key,
    s.status AS status,
    s.tail_number AS tail_number,
    s.aircraft_type AS aircraft_type,
    s.terminal AS terminal,
    s.gate AS gate,
    s.scheduled_departure AS scheduled_departure,
    s.estimated_departure AS estimated_departure,
    s.actual_departure AS actual_departure,
    s.scheduled_arrival AS scheduled_arrival,
    s.estimated_arrival AS estimated_arrival,
    s.actual_arrival AS actual_arrival,
    CASE
        WHEN s.status = 'cancelled' AND s.left_gate = 0 THEN NULL
        WHEN s.scheduled_departure IS NULL OR s.actual_departure IS NULL THEN s.delay_minutes
        WHEN DATEDIFF(minute, s.scheduled_departure, s.actual_departure) BETWEEN -2147483648 AND 2147483647
        THEN CAST(DATEDIFF(minute, s.scheduled_departure, s.actual_departure) AS INTEGER)
    END AS departure_delay_minutes,
    CASE
        WHEN s.diverted = 0 AND DATEDIFF(minute, s.scheduled_arrival, s.actual_arrival) BETWEEN -2147483648 AND 2147483647
        THEN CAST(DATEDIFF(minute, s.scheduled_arrival, s.actual_arrival) AS INTEGER)
    END AS arrival_delay_minutes,
    s.carrier_minutes AS carrier_minutes,
    s.weather_minutes AS weather_minutes,
    s.nas_minutes AS nas_minutes,
    s.security_minutes AS security_minutes,
    s.late_aircraft_minutes AS late_aircraft_minutes,
    s.delay_cause AS delay_cause,
    s.cancellation_cause AS cancellation_cause,
    (s.status = 'cancelled') AS is_cancelled,
    (s.diverted = 1) AS is_diverted,
    s.passengers AS passengers,
    s.seats AS seats,
    CASE
        WHEN s.passengers BETWEEN 0 AND 1000 AND s.seats BETWEEN 1 AND 1000
        THEN CAST(ROUND(CAST(s.passengers AS DECIMAL(18,6)) / s.seats, 4) AS DECIMAL(9,4))
    END AS load_factor,
    s.first_event_time AS first_event_time,
    s.last_event_time AS last_event_time,
    CAST(s.event_count AS INTEGER) AS event_count
FROM build_state s
JOIN build_leg l ON l.leg_number = s.leg_number
LEFT JOIN build_before f ON f.leg_number = l.leg_number
LEFT JOIN gold.dim_date t ON t.full_date = l.flight_date
LEFT JOIN gold.dim_airline a ON a.airline = l.airline
LEFT JOIN gold.dim_airport o ON o.airport = l.origin
LEFT JOIN gold.dim_airport d ON d.airport = s.destination
LEFT JOIN gold.dim_route r ON r.origin = l.origin AND r.destination = s.destination
LEFT JOIN gold.dim_aircraft p
    ON p.tail_number = s.tail_number
    AND p.valid_from <= s.last_event_time
    AND (p.valid_to IS NULL OR p.valid_to > s.last_event_time)
LEFT JOIN gold.dim_delay_cause c ON c.delay_cause = s.delay_cause
LEFT JOIN gold.dim_delay_cause x ON x.delay_cause = s.cancellation_cause;

--postgres:ANALYZE new_fact_flight;

CREATE TEMP TABLE old_fact_flight AS
SELECT b.flight_key
FROM build_before b;

-- Flights by which bags and services find another leg than before (is_rerouted), none because it was set aside, or bags another arrival.
CREATE TEMP TABLE build_link AS
SELECT k.airline, k.flight_number, k.flight_suffix, k.flight_date, MAX(k.is_rerouted) AS is_rerouted
FROM (
    SELECT n.airline, n.flight_number, COALESCE(n.flight_suffix, '') AS flight_suffix, n.flight_date,
        CASE WHEN b.flight_key IS NULL OR b.destination <> n.destination THEN 1 ELSE 0 END AS is_rerouted
    FROM new_fact_flight n
    LEFT JOIN build_before b ON b.flight_key = n.flight_key
    WHERE b.flight_key IS NULL
        OR b.destination <> n.destination
        OR (n.actual_arrival IS NOT NULL AND (b.actual_arrival IS NULL OR b.actual_arrival <> n.actual_arrival))
    UNION ALL
    SELECT l.airline, l.flight_number, l.flight_suffix, l.flight_date, 1
    FROM build_before b
    JOIN build_leg l ON l.leg_number = b.leg_number
    LEFT JOIN build_state s ON s.leg_number = b.leg_number
    WHERE s.leg_number IS NULL
) k
GROUP BY k.airline, k.flight_number, k.flight_suffix, k.flight_date;

--postgres:ANALYZE build_link;
