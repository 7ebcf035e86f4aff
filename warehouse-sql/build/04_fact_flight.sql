-- The legs' rows as they are to be, what that changes, and the change itself.

-- flight_key 0 marks a leg that the fact has not: no row has that key, so MERGE inserts it.
CREATE TEMP TABLE build_fact AS
SELECT
    COALESCE(f.flight_key, 0) AS flight_key,
    l.airline AS airline,
    l.flight_number AS flight_number,
    NULLIF(l.flight_suffix, '') AS flight_suffix,
    l.flight_date AS flight_date,
    l.origin AS origin,
    s.destination AS destination,
    CAST(TO_CHAR(CAST(l.flight_date AS TIMESTAMP), 'YYYYMMDD') AS INTEGER) AS flight_date_key,
    COALESCE(a.airline_key, -1) AS airline_key,
    COALESCE(o.airport_key, -1) AS origin_airport_key,
    COALESCE(d.airport_key, -1) AS destination_airport_key,
    COALESCE(r.route_key, -1) AS route_key,
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
    CAST(CASE
        WHEN s.status = 'cancelled' AND s.left_gate = 0 THEN NULL
        WHEN s.scheduled_departure IS NOT NULL AND s.actual_departure IS NOT NULL THEN DATEDIFF(minute, s.scheduled_departure, s.actual_departure)
        ELSE s.delay_minutes
    END AS INTEGER) AS departure_delay_minutes,
    CAST(CASE WHEN s.diverted = 0 THEN DATEDIFF(minute, s.scheduled_arrival, s.actual_arrival) END AS INTEGER) AS arrival_delay_minutes,
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
    CAST(ROUND(CAST(s.passengers AS DECIMAL(18,6)) / NULLIF(s.seats, 0), 4) AS DECIMAL(9,4)) AS load_factor,
    s.first_event_time AS first_event_time,
    s.last_event_time AS last_event_time,
    CAST(s.event_count AS INTEGER) AS event_count,
    b.build_number AS build_number
FROM build_state s
JOIN build_leg l ON l.leg_number = s.leg_number
CROSS JOIN build_range b
LEFT JOIN gold.fact_flight f
    ON f.flight_date = l.flight_date
    AND f.airline = l.airline
    AND f.flight_number = l.flight_number
    AND f.origin = l.origin
    AND COALESCE(f.flight_suffix, '') = l.flight_suffix
LEFT JOIN gold.dim_airline a ON a.airline = l.airline
LEFT JOIN gold.dim_airport o ON o.airport = l.origin
LEFT JOIN gold.dim_airport d ON d.airport = s.destination
LEFT JOIN gold.dim_route r ON r.origin = l.origin AND r.destination = s.destination
LEFT JOIN gold.dim_delay_cause c ON c.delay_cause = s.delay_cause
LEFT JOIN gold.dim_delay_cause x ON x.delay_cause = s.cancellation_cause;

--postgres:ANALYZE build_fact;

CREATE TEMP TABLE build_pair AS
SELECT
    n.airline || CAST(n.flight_number AS VARCHAR(8)) || COALESCE(n.flight_suffix, '') || ' ' || CAST(n.flight_date AS VARCHAR(10)) || ' ' || n.origin AS row_key,
    f.destination AS old_destination,
    n.destination AS new_destination,
    f.status AS old_status,
    n.status AS new_status,
    f.tail_number AS old_tail_number,
    n.tail_number AS new_tail_number,
    f.aircraft_type AS old_aircraft_type,
    n.aircraft_type AS new_aircraft_type,
    f.terminal AS old_terminal,
    n.terminal AS new_terminal,
    f.gate AS old_gate,
    n.gate AS new_gate,
    f.scheduled_departure AS old_scheduled_departure,
    n.scheduled_departure AS new_scheduled_departure,
    f.estimated_departure AS old_estimated_departure,
    n.estimated_departure AS new_estimated_departure,
    f.actual_departure AS old_actual_departure,
    n.actual_departure AS new_actual_departure,
    f.scheduled_arrival AS old_scheduled_arrival,
    n.scheduled_arrival AS new_scheduled_arrival,
    f.estimated_arrival AS old_estimated_arrival,
    n.estimated_arrival AS new_estimated_arrival,
    f.actual_arrival AS old_actual_arrival,
    n.actual_arrival AS new_actual_arrival,
    f.departure_delay_minutes AS old_departure_delay_minutes,
    n.departure_delay_minutes AS new_departure_delay_minutes,
    f.arrival_delay_minutes AS old_arrival_delay_minutes,
    n.arrival_delay_minutes AS new_arrival_delay_minutes,
    f.carrier_minutes AS old_carrier_minutes,
    n.carrier_minutes AS new_carrier_minutes,
    f.weather_minutes AS old_weather_minutes,
    n.weather_minutes AS new_weather_minutes,
    f.nas_minutes AS old_nas_minutes,
    n.nas_minutes AS new_nas_minutes,
    f.security_minutes AS old_security_minutes,
    n.security_minutes AS new_security_minutes,
    f.late_aircraft_minutes AS old_late_aircraft_minutes,
    n.late_aircraft_minutes AS new_late_aircraft_minutes,
    f.delay_cause AS old_delay_cause,
    n.delay_cause AS new_delay_cause,
    f.cancellation_cause AS old_cancellation_cause,
    n.cancellation_cause AS new_cancellation_cause,
    f.is_cancelled AS old_is_cancelled,
    n.is_cancelled AS new_is_cancelled,
    f.is_diverted AS old_is_diverted,
    n.is_diverted AS new_is_diverted,
    f.passengers AS old_passengers,
    n.passengers AS new_passengers,
    f.seats AS old_seats,
    n.seats AS new_seats,
    f.load_factor AS old_load_factor,
    n.load_factor AS new_load_factor
FROM build_fact n
JOIN gold.fact_flight f ON f.flight_key = n.flight_key;

CREATE TEMP TABLE build_restatement AS
SELECT c.row_key, c.column_name, c.old_value, c.new_value
FROM (
    SELECT row_key, CAST('destination' AS VARCHAR(128)) AS column_name, CAST(old_destination AS VARCHAR(256)) AS old_value, CAST(new_destination AS VARCHAR(256)) AS new_value FROM build_pair
    UNION ALL
    SELECT row_key, 'status', CAST(old_status AS VARCHAR(256)), CAST(new_status AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'tail_number', CAST(old_tail_number AS VARCHAR(256)), CAST(new_tail_number AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'aircraft_type', CAST(old_aircraft_type AS VARCHAR(256)), CAST(new_aircraft_type AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'terminal', CAST(old_terminal AS VARCHAR(256)), CAST(new_terminal AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'gate', CAST(old_gate AS VARCHAR(256)), CAST(new_gate AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'scheduled_departure', CAST(old_scheduled_departure AS VARCHAR(256)), CAST(new_scheduled_departure AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'estimated_departure', CAST(old_estimated_departure AS VARCHAR(256)), CAST(new_estimated_departure AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'actual_departure', CAST(old_actual_departure AS VARCHAR(256)), CAST(new_actual_departure AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'scheduled_arrival', CAST(old_scheduled_arrival AS VARCHAR(256)), CAST(new_scheduled_arrival AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'estimated_arrival', CAST(old_estimated_arrival AS VARCHAR(256)), CAST(new_estimated_arrival AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'actual_arrival', CAST(old_actual_arrival AS VARCHAR(256)), CAST(new_actual_arrival AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'departure_delay_minutes', CAST(old_departure_delay_minutes AS VARCHAR(256)), CAST(new_departure_delay_minutes AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'arrival_delay_minutes', CAST(old_arrival_delay_minutes AS VARCHAR(256)), CAST(new_arrival_delay_minutes AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'carrier_minutes', CAST(old_carrier_minutes AS VARCHAR(256)), CAST(new_carrier_minutes AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'weather_minutes', CAST(old_weather_minutes AS VARCHAR(256)), CAST(new_weather_minutes AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'nas_minutes', CAST(old_nas_minutes AS VARCHAR(256)), CAST(new_nas_minutes AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'security_minutes', CAST(old_security_minutes AS VARCHAR(256)), CAST(new_security_minutes AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'late_aircraft_minutes', CAST(old_late_aircraft_minutes AS VARCHAR(256)), CAST(new_late_aircraft_minutes AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'delay_cause', CAST(old_delay_cause AS VARCHAR(256)), CAST(new_delay_cause AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'cancellation_cause', CAST(old_cancellation_cause AS VARCHAR(256)), CAST(new_cancellation_cause AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'is_cancelled', CASE WHEN old_is_cancelled = TRUE THEN 'true' ELSE 'false' END, CASE WHEN new_is_cancelled = TRUE THEN 'true' ELSE 'false' END FROM build_pair
    UNION ALL
    SELECT row_key, 'is_diverted', CASE WHEN old_is_diverted = TRUE THEN 'true' ELSE 'false' END, CASE WHEN new_is_diverted = TRUE THEN 'true' ELSE 'false' END FROM build_pair
    UNION ALL
    SELECT row_key, 'passengers', CAST(old_passengers AS VARCHAR(256)), CAST(new_passengers AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'seats', CAST(old_seats AS VARCHAR(256)), CAST(new_seats AS VARCHAR(256)) FROM build_pair
    UNION ALL
    SELECT row_key, 'load_factor', CAST(old_load_factor AS VARCHAR(256)), CAST(new_load_factor AS VARCHAR(256)) FROM build_pair
) c
WHERE COALESCE(c.old_value, '') <> COALESCE(c.new_value, '');

INSERT INTO ops.restatement (build_number, table_name, row_key, column_name, old_value, new_value, restated_at)
SELECT b.build_number, 'gold.fact_flight', c.row_key, c.column_name, c.old_value, c.new_value, GETDATE()
FROM build_restatement c
CROSS JOIN build_range b;

MERGE INTO gold.fact_flight
USING build_fact AS s
ON gold.fact_flight.flight_key = s.flight_key
WHEN MATCHED THEN UPDATE SET
    destination = s.destination,
    flight_date_key = s.flight_date_key,
    airline_key = s.airline_key,
    origin_airport_key = s.origin_airport_key,
    destination_airport_key = s.destination_airport_key,
    route_key = s.route_key,
    delay_cause_key = s.delay_cause_key,
    cancellation_cause_key = s.cancellation_cause_key,
    status = s.status,
    tail_number = s.tail_number,
    aircraft_type = s.aircraft_type,
    terminal = s.terminal,
    gate = s.gate,
    scheduled_departure = s.scheduled_departure,
    estimated_departure = s.estimated_departure,
    actual_departure = s.actual_departure,
    scheduled_arrival = s.scheduled_arrival,
    estimated_arrival = s.estimated_arrival,
    actual_arrival = s.actual_arrival,
    departure_delay_minutes = s.departure_delay_minutes,
    arrival_delay_minutes = s.arrival_delay_minutes,
    carrier_minutes = s.carrier_minutes,
    weather_minutes = s.weather_minutes,
    nas_minutes = s.nas_minutes,
    security_minutes = s.security_minutes,
    late_aircraft_minutes = s.late_aircraft_minutes,
    delay_cause = s.delay_cause,
    cancellation_cause = s.cancellation_cause,
    is_cancelled = s.is_cancelled,
    is_diverted = s.is_diverted,
    passengers = s.passengers,
    seats = s.seats,
    load_factor = s.load_factor,
    first_event_time = s.first_event_time,
    last_event_time = s.last_event_time,
    event_count = s.event_count,
    build_number = s.build_number
WHEN NOT MATCHED THEN INSERT (
    airline,
    flight_number,
    flight_suffix,
    flight_date,
    origin,
    destination,
    flight_date_key,
    airline_key,
    origin_airport_key,
    destination_airport_key,
    route_key,
    delay_cause_key,
    cancellation_cause_key,
    status,
    tail_number,
    aircraft_type,
    terminal,
    gate,
    scheduled_departure,
    estimated_departure,
    actual_departure,
    scheduled_arrival,
    estimated_arrival,
    actual_arrival,
    departure_delay_minutes,
    arrival_delay_minutes,
    carrier_minutes,
    weather_minutes,
    nas_minutes,
    security_minutes,
    late_aircraft_minutes,
    delay_cause,
    cancellation_cause,
    is_cancelled,
    is_diverted,
    passengers,
    seats,
    load_factor,
    first_event_time,
    last_event_time,
    event_count,
    build_number
) VALUES (
    s.airline,
    s.flight_number,
    s.flight_suffix,
    s.flight_date,
    s.origin,
    s.destination,
    s.flight_date_key,
    s.airline_key,
    s.origin_airport_key,
    s.destination_airport_key,
    s.route_key,
    s.delay_cause_key,
    s.cancellation_cause_key,
    s.status,
    s.tail_number,
    s.aircraft_type,
    s.terminal,
    s.gate,
    s.scheduled_departure,
    s.estimated_departure,
    s.actual_departure,
    s.scheduled_arrival,
    s.estimated_arrival,
    s.actual_arrival,
    s.departure_delay_minutes,
    s.arrival_delay_minutes,
    s.carrier_minutes,
    s.weather_minutes,
    s.nas_minutes,
    s.security_minutes,
    s.late_aircraft_minutes,
    s.delay_cause,
    s.cancellation_cause,
    s.is_cancelled,
    s.is_diverted,
    s.passengers,
    s.seats,
    s.load_factor,
    s.first_event_time,
    s.last_event_time,
    s.event_count,
    s.build_number
);
