-- The legs that the new batches touch, and those of the aircraft whose history changed; all their events, and each leg's latest state: field by
-- field the value of the event with the greatest event_time, ties by the later status, then by the greater event_id. A null never counts.
-- A codeshare record is no leg of its own: the operating flight's records tell of it.

CREATE TEMP TABLE build_leg AS
SELECT
    ROW_NUMBER() OVER (ORDER BY k.flight_date, k.airline, k.flight_number, k.flight_suffix, k.origin) AS leg_number,
    k.airline,
    k.flight_number,
    k.flight_suffix,
    k.flight_date,
    k.origin
FROM (
    SELECT n.airline, n.flight_number, COALESCE(n.flight_suffix, '') AS flight_suffix, n.flight_date, n.origin
    FROM build_new n
    WHERE n.entity = 'flight_event'
    UNION
    SELECT f.airline, f.flight_number, COALESCE(f.flight_suffix, ''), f.flight_date, f.origin
    FROM gold.fact_flight f
    JOIN build_tail t ON t.tail_number = f.tail_number
) k;

--postgres:ANALYZE build_leg;

-- event_rank numbers a leg's events in that order, so that the rest compares one integer.
CREATE TEMP TABLE build_event AS
SELECT
    l.leg_number,
    ROW_NUMBER() OVER (
        PARTITION BY l.leg_number
        ORDER BY e.event_time,
            CASE e.status
                WHEN 'scheduled' THEN 1
                WHEN 'boarding' THEN 2
                WHEN 'delayed' THEN 3
                WHEN 'departed' THEN 4
                WHEN 'arrived' THEN 5
                WHEN 'cancelled' THEN 6
                WHEN 'diverted' THEN 7
                ELSE 0
            END,
            e.event_id
    ) AS event_rank,
    e.event_id,
    e.event_time,
    e.status,
    e.destination,
    e.tail_number,
    e.aircraft_type,
    e.terminal,
    e.gate,
    e.scheduled_departure,
    e.estimated_departure,
    e.actual_departure,
    e.scheduled_arrival,
    e.estimated_arrival,
    e.actual_arrival,
    e.delay_minutes,
    e.delay_cause,
    e.cancellation_cause,
    e.carrier_minutes,
    e.weather_minutes,
    e.nas_minutes,
    e.security_minutes,
    e.late_aircraft_minutes,
    e.passengers,
    e.seats
FROM build_leg l
JOIN staging.flight_event e
    ON e.flight_date = l.flight_date
    AND e.airline = l.airline
    AND e.flight_number = l.flight_number
    AND e.origin = l.origin
    AND COALESCE(e.flight_suffix, '') = l.flight_suffix
    AND e.codeshare_of IS NULL
LEFT JOIN build_aside x ON x.entity = 'flight_event' AND x.event_id = e.event_id
WHERE x.event_id IS NULL;

-- Inside, the rank of the last event that has each field; outside, that event's value. One sort serves all fields.
CREATE TEMP TABLE build_state AS
SELECT
    e.leg_number,
    COUNT(*) AS event_count,
    MIN(e.event_time) AS first_event_time,
    MAX(e.event_time) AS last_event_time,
    MAX(CASE WHEN e.event_rank = e.last_rank THEN e.status END) AS status,
    MAX(CASE WHEN e.status = 'diverted' THEN 1 ELSE 0 END) AS diverted,
    MAX(CASE WHEN e.status IN ('departed', 'arrived', 'diverted') OR e.actual_departure IS NOT NULL THEN 1 ELSE 0 END) AS left_gate,
    MAX(CASE WHEN e.event_rank = e.destination_rank THEN e.destination END) AS destination,
    MAX(CASE WHEN e.event_rank = e.tail_number_rank THEN e.tail_number END) AS tail_number,
    MAX(CASE WHEN e.event_rank = e.aircraft_type_rank THEN e.aircraft_type END) AS aircraft_type,
    MAX(CASE WHEN e.event_rank = e.terminal_rank THEN e.terminal END) AS terminal,
    MAX(CASE WHEN e.event_rank = e.gate_rank THEN e.gate END) AS gate,
    MAX(CASE WHEN e.event_rank = e.scheduled_departure_rank THEN e.scheduled_departure END) AS scheduled_departure,
    MAX(CASE WHEN e.event_rank = e.estimated_departure_rank THEN e.estimated_departure END) AS estimated_departure,
    MAX(CASE WHEN e.event_rank = e.actual_departure_rank THEN e.actual_departure END) AS actual_departure,
    MAX(CASE WHEN e.event_rank = e.scheduled_arrival_rank THEN e.scheduled_arrival END) AS scheduled_arrival,
    MAX(CASE WHEN e.event_rank = e.estimated_arrival_rank THEN e.estimated_arrival END) AS estimated_arrival,
    MAX(CASE WHEN e.event_rank = e.actual_arrival_rank THEN e.actual_arrival END) AS actual_arrival,
    MAX(CASE WHEN e.event_rank = e.delay_minutes_rank THEN e.delay_minutes END) AS delay_minutes,
    MAX(CASE WHEN e.event_rank = e.delay_cause_rank THEN e.delay_cause END) AS delay_cause,
    MAX(CASE WHEN e.event_rank = e.cancellation_cause_rank THEN e.cancellation_cause END) AS cancellation_cause,
    MAX(CASE WHEN e.event_rank = e.carrier_minutes_rank THEN e.carrier_minutes END) AS carrier_minutes,
    MAX(CASE WHEN e.event_rank = e.weather_minutes_rank THEN e.weather_minutes END) AS weather_minutes,
    MAX(CASE WHEN e.event_rank = e.nas_minutes_rank THEN e.nas_minutes END) AS nas_minutes,
    MAX(CASE WHEN e.event_rank = e.security_minutes_rank THEN e.security_minutes END) AS security_minutes,
    MAX(CASE WHEN e.event_rank = e.late_aircraft_minutes_rank THEN e.late_aircraft_minutes END) AS late_aircraft_minutes,
    MAX(CASE WHEN e.event_rank = e.passengers_rank THEN e.passengers END) AS passengers,
    MAX(CASE WHEN e.event_rank = e.seats_rank THEN e.seats END) AS seats
FROM (
    SELECT
        b.*,
        MAX(b.event_rank) OVER (PARTITION BY b.leg_number) AS last_rank,
        MAX(CASE WHEN b.destination IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS destination_rank,
        MAX(CASE WHEN b.tail_number IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS tail_number_rank,
        MAX(CASE WHEN b.aircraft_type IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS aircraft_type_rank,
        MAX(CASE WHEN b.terminal IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS terminal_rank,
        MAX(CASE WHEN b.gate IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS gate_rank,
        MAX(CASE WHEN b.scheduled_departure IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS scheduled_departure_rank,
        MAX(CASE WHEN b.estimated_departure IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS estimated_departure_rank,
        MAX(CASE WHEN b.actual_departure IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS actual_departure_rank,
        MAX(CASE WHEN b.scheduled_arrival IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS scheduled_arrival_rank,
        MAX(CASE WHEN b.estimated_arrival IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS estimated_arrival_rank,
        MAX(CASE WHEN b.actual_arrival IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS actual_arrival_rank,
        MAX(CASE WHEN b.delay_minutes IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS delay_minutes_rank,
        MAX(CASE WHEN b.delay_cause IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS delay_cause_rank,
        MAX(CASE WHEN b.cancellation_cause IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS cancellation_cause_rank,
        MAX(CASE WHEN b.carrier_minutes IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS carrier_minutes_rank,
        MAX(CASE WHEN b.weather_minutes IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS weather_minutes_rank,
        MAX(CASE WHEN b.nas_minutes IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS nas_minutes_rank,
        MAX(CASE WHEN b.security_minutes IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS security_minutes_rank,
        MAX(CASE WHEN b.late_aircraft_minutes IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS late_aircraft_minutes_rank,
        MAX(CASE WHEN b.passengers IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS passengers_rank,
        MAX(CASE WHEN b.seats IS NOT NULL THEN b.event_rank END) OVER (PARTITION BY b.leg_number) AS seats_rank
    FROM build_event b
) e
GROUP BY e.leg_number;

--postgres:ANALYZE build_state;
