DROP VIEW IF EXISTS bi.airport_hourly;

CREATE VIEW bi.airport_hourly AS
SELECT
    a.airport,
    a.airport_name,
    h.hour_utc,
    CONVERT_TIMEZONE('UTC', COALESCE(a.time_zone, 'UTC'), h.hour_utc) AS hour_local,
    h.departures,
    h.arrivals,
    h.departures_cancelled,
    h.departures_late_15,
    h.arrivals_late_15,
    h.passengers_out,
    h.passengers_in
FROM (
    SELECT
        m.airport_key,
        m.hour_utc,
        SUM(m.departures) AS departures,
        SUM(m.arrivals) AS arrivals,
        SUM(m.departures_cancelled) AS departures_cancelled,
        SUM(m.departures_late_15) AS departures_late_15,
        SUM(m.arrivals_late_15) AS arrivals_late_15,
        SUM(m.passengers_out) AS passengers_out,
        SUM(m.passengers_in) AS passengers_in
    FROM (
        SELECT
            f.origin_airport_key AS airport_key,
            DATE_TRUNC('hour', COALESCE(f.actual_departure, f.scheduled_departure)) AS hour_utc,
            CASE WHEN f.actual_departure IS NOT NULL THEN 1 ELSE 0 END AS departures,
            0 AS arrivals,
            CASE WHEN f.is_cancelled = TRUE THEN 1 ELSE 0 END AS departures_cancelled,
            CASE WHEN f.departure_delay_minutes >= 15 THEN 1 ELSE 0 END AS departures_late_15,
            0 AS arrivals_late_15,
            CASE WHEN f.actual_departure IS NOT NULL THEN f.passengers END AS passengers_out,
            CAST(NULL AS INTEGER) AS passengers_in
        FROM gold.fact_flight f
        WHERE f.actual_departure IS NOT NULL OR (f.is_cancelled = TRUE AND f.scheduled_departure IS NOT NULL)
        UNION ALL
        SELECT
            f.destination_airport_key,
            DATE_TRUNC('hour', f.actual_arrival),
            0,
            1,
            0,
            0,
            CASE WHEN f.arrival_delay_minutes >= 15 THEN 1 ELSE 0 END,
            CAST(NULL AS INTEGER),
            f.passengers
        FROM gold.fact_flight f
        WHERE f.actual_arrival IS NOT NULL AND f.is_diverted = FALSE
    ) m
    GROUP BY m.airport_key, m.hour_utc
) h
JOIN gold.dim_airport a ON a.airport_key = h.airport_key;

COMMENT ON VIEW bi.airport_hourly IS 'Departures and arrivals by airport and hour, a row an airport and hour in UTC with any';
COMMENT ON COLUMN bi.airport_hourly.airport IS 'IATA code of the airport';
COMMENT ON COLUMN bi.airport_hourly.airport_name IS 'Its name';
COMMENT ON COLUMN bi.airport_hourly.hour_utc IS 'Start of the hour, UTC';
COMMENT ON COLUMN bi.airport_hourly.hour_local IS 'Start of the hour on the clocks of the airport';
COMMENT ON COLUMN bi.airport_hourly.departures IS 'Legs that departed in the hour, by actual departure';
COMMENT ON COLUMN bi.airport_hourly.arrivals IS 'Legs that arrived in the hour, by actual arrival, diverted ones left out';
COMMENT ON COLUMN bi.airport_hourly.departures_cancelled IS 'Cancelled legs, in the hour in which they left the gate or should have departed';
COMMENT ON COLUMN bi.airport_hourly.departures_late_15 IS 'Departures 15 minutes late or more';
COMMENT ON COLUMN bi.airport_hourly.arrivals_late_15 IS 'Arrivals 15 minutes late or more';
COMMENT ON COLUMN bi.airport_hourly.passengers_out IS 'Passengers of the departures that report them';
COMMENT ON COLUMN bi.airport_hourly.passengers_in IS 'Passengers of the arrivals that report them';
