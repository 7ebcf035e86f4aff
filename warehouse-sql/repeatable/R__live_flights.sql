DROP VIEW IF EXISTS bi.live_flights;

-- As of the newest complete event time, not of the wall clock: replaying a day shows that day. A leg whose end was never heard of leaves
-- the view a day after its last event.
CREATE VIEW bi.live_flights AS
SELECT
    b.complete_until AS as_of,
    f.airline,
    f.flight_number,
    f.flight_suffix,
    f.flight_date,
    f.origin,
    f.destination,
    f.status,
    f.tail_number,
    f.terminal,
    f.gate,
    f.scheduled_departure,
    COALESCE(f.actual_departure, f.estimated_departure, f.scheduled_departure) AS expected_departure,
    f.scheduled_arrival,
    COALESCE(f.estimated_arrival, f.scheduled_arrival) AS expected_arrival,
    f.departure_delay_minutes,
    f.delay_cause,
    f.last_event_time
FROM gold.fact_flight f
CROSS JOIN (SELECT MAX(complete_until) AS complete_until FROM ops.completeness) b
WHERE f.flight_date >= CAST(DATEADD(day, -3, b.complete_until) AS DATE)
    AND f.status IN ('scheduled', 'boarding', 'delayed', 'departed')
    AND f.actual_arrival IS NULL
    AND f.last_event_time >= DATEADD(day, -1, b.complete_until);

COMMENT ON VIEW bi.live_flights IS 'Legs under way or about to be, as of the newest complete event time, a row a leg';
COMMENT ON COLUMN bi.live_flights.as_of IS 'Event time up to which all events are in, UTC';
COMMENT ON COLUMN bi.live_flights.airline IS 'IATA code of the airline';
COMMENT ON COLUMN bi.live_flights.flight_number IS 'Flight number';
COMMENT ON COLUMN bi.live_flights.flight_suffix IS 'Operational suffix; null for none';
COMMENT ON COLUMN bi.live_flights.flight_date IS 'Date of the flight, local at the origin';
COMMENT ON COLUMN bi.live_flights.origin IS 'IATA code of the origin';
COMMENT ON COLUMN bi.live_flights.destination IS 'IATA code of the destination';
COMMENT ON COLUMN bi.live_flights.status IS 'scheduled, boarding, delayed or departed';
COMMENT ON COLUMN bi.live_flights.tail_number IS 'Registration of the aircraft';
COMMENT ON COLUMN bi.live_flights.terminal IS 'Terminal of departure';
COMMENT ON COLUMN bi.live_flights.gate IS 'Gate of departure';
COMMENT ON COLUMN bi.live_flights.scheduled_departure IS 'Scheduled departure, UTC';
COMMENT ON COLUMN bi.live_flights.expected_departure IS 'Actual, else estimated, else scheduled departure, UTC';
COMMENT ON COLUMN bi.live_flights.scheduled_arrival IS 'Scheduled arrival, UTC';
COMMENT ON COLUMN bi.live_flights.expected_arrival IS 'Estimated, else scheduled arrival, UTC';
COMMENT ON COLUMN bi.live_flights.departure_delay_minutes IS 'Departure delay in minutes, negative when early';
COMMENT ON COLUMN bi.live_flights.delay_cause IS 'Cause of the delay';
COMMENT ON COLUMN bi.live_flights.last_event_time IS 'Latest event of the leg, UTC';
